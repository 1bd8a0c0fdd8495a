"""The page: what the browser runs and shows for every panel."""
