"""The pages of the portal: each parses a request, calls one function of the portal, and renders."""
