"""Notes as people write them: short, plain, of different lengths."""

TEXTS = (
    "Too many meetings before the first bell.",
    "Colleagues who ask how it went.",
    "Emails after nine in the evening.",
    "A quiet room.",
    "I carry what children tell me home with me and nobody knows where to put it.",
    "Lunch together on Fridays, even when it is only twenty minutes.",
    "Substitutes.",
    "When a plan holds for longer than a week.",
    "Walking home instead of driving, and not talking for the whole way.",
    "Being asked for numbers that nobody looks at afterwards.",
    "The moment when a pupil finally reads a whole page aloud.",
    "Not knowing until Monday which room I am in.",
)
