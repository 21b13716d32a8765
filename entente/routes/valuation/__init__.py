"""What a route takes and costs, how sure that is, and what denying it would cost."""
