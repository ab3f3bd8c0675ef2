"""What must be true: contracts, policy, and everything that derives from them."""
