"""One file a schema, in order. A version never imports the tables of today."""
