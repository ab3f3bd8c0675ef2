"""One SELECT a file: sql/<stage>/<table>.sql."""
