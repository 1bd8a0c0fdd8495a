"""`campus collect`: the copies handed in, from the exchange, folders and archives, put in `submitted/`."""
