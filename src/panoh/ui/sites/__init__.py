"""Sites: where people stay, what there is room for, when it closes, who is there and what is lacking."""
