"""Intake: deliveries in, rows of text out, with what was wrong about each file."""
