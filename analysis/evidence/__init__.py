"""What practice tells: coded cases and policy texts, stylised facts, what can be learned from them, and scenarios."""
