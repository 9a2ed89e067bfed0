"""What people may see of concerns and answers: everybody what is published, its leaders also what is drafted."""

from holdfast.report_back.queries.public import (
    LetGo,
    Moved,
    Ours,
    PublicAnswer,
    PublicConcern,
    PublicView,
    public_view,
    today_at,
)

__all__ = [
    "LetGo",
    "Moved",
    "Ours",
    "PublicAnswer",
    "PublicConcern",
    "PublicView",
    "public_view",
    "today_at",
]
