"""What practice tells: coded cases and policy texts, what can be learned from them, and scenarios made of them."""
