"""What happens: tables in, tables out; no Prefect, no clock, no environment."""
