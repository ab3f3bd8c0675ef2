"""When it happens: the Prefect flows and the command; the only code that knows Prefect, the clock, the command line."""
