"""A city invented by somebody who has not read the pipeline, and a judge of what the pipeline made of it."""
