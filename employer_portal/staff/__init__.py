"""The pages for staff: offers and what moves them, money, employers, tokens; each move by the portal’s functions."""
