"""Records in, PDF bytes out: the only home of reportlab."""
