"""What simulated phones write: the examples of a pack that fit the place where a programme is held."""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy

from holdfast.curriculum.pack import Samples, Section, Setting
from holdfast.curriculum.reading import read_pack
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries import content_of

FITS_EVERYWHERE = (
    gettext_lazy("This is a rehearsal note."),
    gettext_lazy("Written by a simulated phone, so that you can practise."),
    gettext_lazy("Nobody wrote this; it only fills the room."),
    gettext_lazy("A rehearsal note with a few more words, so that the wall looks the way it will when people write."),
)


def texts_of(gathering: Gathering) -> Mapping[str, Sequence[str]]:
    """Return what phones may write when this session is practised: first what its own section suggests."""
    programme = gathering.programme
    content = content_of(programme)
    own = content.section(gathering.section)
    texts = dict(_texts(content.sections, programme.setting))
    texts.update(_texts([own] if own else [], programme.setting))
    return texts


def sample_texts(setting: str = Setting.ELSEWHERE) -> Mapping[str, Sequence[str]]:
    """Return what phones may write, by column, as the installed packs suggest for a setting; "" holds what fits all.

    What a leader might write is under "leader " and the column.
    """
    packs = [read_pack(folder.parent).pack for folder in sorted(settings.PACKS_DIR.glob("*/pack.toml"))]
    return _texts([section for pack in packs if pack for section in pack.sections], setting)


def staff_of(samples: Samples, setting: str) -> Sequence[str]:
    """Return what staff in this setting could have written: never what belongs to another one."""
    own = {Setting.SCHOOLS: samples.schools, Setting.HEALTH: samples.health}
    return samples.everywhere + own.get(Setting(setting), ())


def _texts(sections: Iterable[Section], setting: str) -> Mapping[str, Sequence[str]]:
    texts: dict[str, list[str]] = {"": [str(text) for text in FITS_EVERYWHERE]}
    for column in (c for section in sections for activity in section.activities for c in activity.columns):
        texts.setdefault(column.key, []).extend(staff_of(column.samples, setting))
        texts.setdefault(f"leader {column.key}", []).extend(column.samples.leader)
    return {column: found for column, found in texts.items() if found}
