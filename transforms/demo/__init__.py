"""An invented city whose truth is known, delivered as offices really deliver.

It exists to show and to measure the pipeline, and shares nothing with it: no contract, no reference table, no code.
What a layout looks like is said again here, in the offices' words, so that a mistake of ours is not made twice alike.
"""
