"""Which files answer a question, highest precedence first (config-server facts, section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config_server.domain.question import Question

EXTENSIONS = ("properties", "xml", "yml", "yaml")


def candidate_files(question: Question, folders: Sequence[str]) -> Iterator[str]:
    """Paths inside the repository. ``folders`` are search places, lowest first, ``""`` being the root.

    Profiles from last to first, folders from last to first, names from last to first; after them the files
    without profile in the same order.
    """
    yield from profile_files(question, folders)
    yield from plain_files(question, folders)


def profile_files(question: Question, folders: Sequence[str]) -> Iterator[str]:
    """Those of ``candidate_files`` that belong to a profile."""
    for profile in reversed(question.profiles):
        yield from _files(question.names, folders, f"-{profile}")


def plain_files(question: Question, folders: Sequence[str]) -> Iterator[str]:
    """Those of ``candidate_files`` that belong to none."""
    yield from _files(question.names, folders, "")


def _files(names: Sequence[str], folders: Sequence[str], suffix: str) -> Iterator[str]:
    for folder in reversed(folders):
        for name in reversed(names):
            for extension in EXTENSIONS:
                yield f"{folder}/{name}{suffix}.{extension}".lstrip("/")


def candidate_resources(question: Question, folders: Sequence[str], path: str) -> Iterator[str]:
    """Paths of a plain file, first choice first: unlike configuration, the FIRST folder and profile win.

    In each folder ``stem-profile.ext`` for the profiles in their order; ``default`` stands for the plain name,
    which comes last otherwise.
    """
    place, slash, name = path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    stem, extension = (stem, dot + extension) if stem else (name, "")
    plain = f"{place}{slash}{name}"
    for folder in folders:
        for profile in question.profiles:
            variant = plain if profile == "default" else f"{place}{slash}{stem}-{profile}{extension}"
            yield f"{folder}/{variant}".lstrip("/")
        yield f"{folder}/{plain}".lstrip("/")


def expanded_folders(patterns: Sequence[str], question: Question, label: str) -> list[str]:
    """``patterns`` with ``{application}``, ``{profile}`` and ``{label}`` filled in, the root first.

    Comma lists give one folder per item, the profile loop outside; a folder with a brace left is dropped.
    """
    folders = [""]
    for pattern in patterns:
        for profile in question.profiles:
            for name in question.name.split(","):
                filled = pattern.replace("{application}", name).replace("{profile}", profile)
                folder = filled.replace("{label}", label).strip("/")
                if "{" not in folder and ".." not in folder.split("/") and folder not in folders:
                    folders.append(folder)
    return folders
