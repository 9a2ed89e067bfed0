"""The house rules of the code, each with a planted breach that shows the rule can see."""
