"""Social networks: which one a link or a handle belongs to, and the page it stands for."""

from __future__ import annotations

import re

# Network, the hosts it is known by, and the page of a handle.
_NETWORKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("linkedin", ("linkedin.com", "lnkd.in"), "https://www.linkedin.com/in/{}"),
    ("xing", ("xing.com", "xing.to"), "https://www.xing.com/profile/{}"),
    ("twitter", ("twitter.com", "x.com"), "https://x.com/{}"),
    ("github", ("github.com", "github.io"), "https://github.com/{}"),
    ("gitlab", ("gitlab.com",), "https://gitlab.com/{}"),
    ("instagram", ("instagram.com", "instagr.am"), "https://www.instagram.com/{}"),
    ("facebook", ("facebook.com", "fb.com", "fb.me"), "https://www.facebook.com/{}"),
    ("bluesky", ("bsky.app", "bsky.social"), "https://bsky.app/profile/{}"),
    ("threads", ("threads.net", "threads.com"), "https://www.threads.net/@{}"),
    ("youtube", ("youtube.com", "youtu.be"), "https://www.youtube.com/@{}"),
    ("tiktok", ("tiktok.com",), "https://www.tiktok.com/@{}"),
    ("telegram", ("t.me", "telegram.me"), "https://t.me/{}"),
    ("whatsapp", ("wa.me",), "https://wa.me/{}"),
    ("orcid", ("orcid.org",), "https://orcid.org/{}"),
    ("researchgate", ("researchgate.net",), "https://www.researchgate.net/profile/{}"),
    ("medium", ("medium.com",), "https://medium.com/@{}"),
    ("behance", ("behance.net",), "https://www.behance.net/{}"),
    ("dribbble", ("dribbble.com",), "https://dribbble.com/{}"),
    ("vimeo", ("vimeo.com",), "https://vimeo.com/{}"),
    ("weibo", ("weibo.com",), "https://weibo.com/{}"),
    ("mastodon", ("mastodon.social", "mastodon.online", "fosstodon.org", "mstdn.social", "hachyderm.io"), ""),
    ("skype", (), "skype:{}?chat"),
)
_PAGES = {network: page for network, _, page in _NETWORKS}

# What stands before a handle on a card, folded, and the network it means.
_CALLED = {
    **{network: network for network, _, _ in _NETWORKS},
    "linked in": "linkedin", "in": "linkedin", "x": "twitter", "tw": "twitter", "insta": "instagram", "ig": "instagram",
    "fb": "facebook", "bsky": "bluesky", "gh": "github", "git": "github", "yt": "youtube", "tg": "telegram",
    "wa": "whatsapp", "fediverse": "mastodon",
}  # fmt: skip

_HANDLE = re.compile(r"@?([A-Za-z0-9][\w.\-]{1,60})")
_FEDERATED = re.compile(r"@([\w.\-]+)@([\w\-]+(?:\.[\w\-]+)+)")


def network_of(url: str) -> str:
    """The network a link leads to, "" for any other page."""
    bare = re.sub(r"^[a-z][a-z0-9+.\-]*://", "", url.strip(), flags=re.IGNORECASE)
    host, _, path = bare.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].lower()
    for network, hosts, _ in _NETWORKS:
        for known in hosts:
            # The front page of a network is nobody's profile.
            if (host == known or host.endswith("." + known)) and (path.strip("/") or host.endswith(".github.io")):
                return network
    return "mastodon" if path.startswith("@") and re.search(r"(^|\.)(social|mastodon|mstdn|toot)", host) else ""


def is_network(host: str) -> bool:
    """Whether a host is that of a social network."""
    bare = host.lower().removeprefix("www.").removeprefix("m.")
    return any(bare == known or bare.endswith(f".{known}") for _, hosts, _ in _NETWORKS for known in hosts)


def called(word: str) -> str:
    """The network that a word before a handle names, "" if it names none."""
    return _CALLED.get(word.strip(" :.-").casefold(), "")


def is_handle(text: str) -> bool:
    """Whether a text can be someone's name on a network."""
    return bool(_FEDERATED.fullmatch(text) or _HANDLE.fullmatch(text))


def address(value: str, network: str) -> str:
    """The page of a handle on a network; a link stays as it is."""
    if found := _FEDERATED.fullmatch(value):
        return f"https://{found[2]}/@{found[1]}"
    handle = value.removeprefix("/").removeprefix("in/").removeprefix("profile/").strip("/")
    page = _PAGES.get(network, "")
    if page and "." not in handle.partition("/")[0].removeprefix("@") and _HANDLE.fullmatch(handle):
        return page.format(handle.removeprefix("@"))
    if page and value.startswith("@") and _HANDLE.fullmatch(handle):
        return page.format(handle.removeprefix("@"))
    return value
