"""What a link of a contact leads to, by the name people call it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from planner.contacts.keys import web_address
from planner.contacts.records import Link

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
