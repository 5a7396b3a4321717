"""What a link is called."""

from __future__ import annotations

import pytest

from planner.contacts.profiles import AskedProfile, asked_profile, profile_name, profiles
from planner.contacts.records import Link


@pytest.mark.parametrize(
    ("url", "label", "name"),
    [
        ("https://www.linkedin.com/in/ada", "website", "LinkedIn"),
        ("linkedin.com/in/ada", "", "LinkedIn"),
        ("https://fi.linkedin.com/in/ada", "", "LinkedIn"),
        ("https://notlinkedin.com/in/ada", "", "notlinkedin.com"),
        ("https://hachyderm.io/@ada", "", "Mastodon"),
        ("https://ada.example", "website", "website"),
        ("https://www.ada.example/about", "", "ada.example"),
        ("https://ada.example", "My garden", "My garden"),
    ],
)
def test_a_link_is_called_by_its_network(url: str, label: str, name: str) -> None:
    assert profile_name(Link(url, label)) == name


def test_profiles_come_before_websites_and_what_no_browser_opens_is_left_out() -> None:
    links = (Link("ada.example", "website"), Link("javascript:alert(1)"), Link("github.com/ada"), Link(""))
    assert profiles(links) == (("GitHub", "https://github.com/ada"), ("website", "https://ada.example"))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("open ada linkedin", AskedProfile("ada", "linkedin")),
        ("Open Ada Ek’s GitHub profile", AskedProfile("Ada Ek", "github")),
        ("ada's linkedin", AskedProfile("ada", "linkedin")),
        ("open linkedin of Ada Ek", AskedProfile("Ada Ek", "linkedin")),
        ("open ada", AskedProfile("ada")),
        ("ada's profile", AskedProfile("ada")),
        ("ada", None),
        ("open", None),
        ("linkedin", None),
        ("", None),
    ],
)
def test_whose_profile_words_ask_for(text: str, asked: AskedProfile | None) -> None:
    assert asked_profile(text) == asked
