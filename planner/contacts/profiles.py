"""What a link of a contact leads to, by the name people call it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from planner.contacts.keys import web_address
from planner.contacts.records import Link
from planner.folding import fold

#: Where people have a profile: the end of the host, and the network's name as it writes itself.
_NETWORKS = {
    "linkedin.com": "LinkedIn",
    "xing.com": "XING",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "codeberg.org": "Codeberg",
    "bsky.app": "Bluesky",
    "twitter.com": "X",
    "x.com": "X",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "threads.net": "Threads",
    "youtube.com": "YouTube",
    "medium.com": "Medium",
    "substack.com": "Substack",
    "orcid.org": "ORCID",
    "researchgate.net": "ResearchGate",
    "scholar.google.com": "Google Scholar",
    "stackoverflow.com": "Stack Overflow",
    "mastodon.social": "Mastodon",
    "fosstodon.org": "Mastodon",
    "hachyderm.io": "Mastodon",
}
_LABELS = {
    "linkedin": "LinkedIn",
    "github": "GitHub",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "xing": "XING",
    "blog": "blog",
    "website": "website",
}


def profile_name(link: Link) -> str:
    """What a link is called: by its network, else by its label, else by its host without "www.".

    A host says more than a label: one that was imported as "website" may well be a profile.
    """
    host = (urlsplit(web_address(link.url)).hostname or "").removeprefix("www.")
    for end, name in _NETWORKS.items():
        if host == end or host.endswith(f".{end}"):
            return name
    label = link.label.strip()
    return _LABELS.get(label.casefold(), label) or host or link.url


def profiles(links: Sequence[Link]) -> tuple[tuple[str, str], ...]:
    """(name, address) of each link that can be opened, profiles before websites; the order is kept otherwise."""
    named = [(profile_name(link), address) for link in links if (address := web_address(link.url))]
    known = set(_NETWORKS.values())
    return tuple(sorted(named, key=lambda one: one[0] not in known))


@dataclass(frozen=True, slots=True)
class AskedProfile:
    """Whose profile words ask for, and on which network ("" for any)."""

    person: str
    network: str = ""

    def fitting(self, links: Sequence[Link]) -> tuple[tuple[str, str], ...]:
        """(name, address) of those links that are meant."""
        return tuple(one for one in profiles(links) if not self.network or fold(one[0]) == fold(self.network))


_OPEN = re.compile(r"^open\s+", re.IGNORECASE)
_SAID = sorted({fold(name) for name in (*_NETWORKS.values(), *_LABELS.values())} - {"x"}, key=len, reverse=True)


def asked_profile(text: str) -> AskedProfile | None:
    """Whose profile is asked for: "open ada linkedin", "Ada's GitHub", "open ada". None without "open" or a network."""
    plain = " ".join(text.replace("’", "'").split())
    opens = _OPEN.match(plain) is not None
    rest = _OPEN.sub("", plain)
    for network in _SAID:
        before = re.fullmatch(rf"(.+?)(?:'s)?\s+{re.escape(network)}(?:\s+profile)?", rest, re.IGNORECASE)
        after = re.fullmatch(rf"{re.escape(network)}\s+(?:of\s+)?(.+)", rest, re.IGNORECASE) if opens else None
        if found := before or after:
            return AskedProfile(found[1].strip(), network)
    person = re.sub(r"(?:'s)?\s+profile$", "", rest, flags=re.IGNORECASE).strip()
    return AskedProfile(person) if person and (opens or person != rest) else None
