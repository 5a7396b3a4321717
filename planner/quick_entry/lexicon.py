"""The English words that quick entry knows: how people say that they were in touch, and what is never a name."""

from __future__ import annotations

import re

from planner.relations.records import InteractionKind

#: A name that was found stands in the sentence as this character, so that patterns can speak of "somebody".
NAME = "\ue000"
#: What a part has taken already.
TAKEN = "\ue001"
#: A web address or an email address.
ADDRESS = "\ue002"

#: Somebody as an object, and as the one who does something.
WHO = rf"(?:her|him|them|{NAME}+)"
SUBJECT = rf"(?:she|he|they|{NAME}+)"

_K = InteractionKind

#: Channels after "on", "over", "via", "by": they outweigh a verb ("talked over Zoom").
CHANNELS: tuple[tuple[InteractionKind, str], ...] = (
    (_K.VIDEO, r"zoom|teams|google\s+meet|face\s?time|webex|skype|jitsi|video"),
    (_K.CALL, r"the\s+phone|phone"),
    (_K.SOCIAL, r"linked\s?in|twitter|mastodon|bluesky|instagram|facebook|xing|github"),
    (_K.MESSAGE, r"whats\s?app|signal|telegram|slack|discord|threema|sms|text|matrix|dm"),
    (_K.EMAIL, r"e-?mail|mail"),
    (_K.LETTER, r"post|letter"),
)

#: Verbs and nouns for being in touch; longer ones first. The note keeps nothing of these: they say only the kind.
PLAIN_KINDS: tuple[tuple[InteractionKind, str], ...] = (
    (_K.VIDEO, r"video\s?(?:call(?:ed)?|chat(?:ted)?|conference)|(?:zoom|teams|skype|facetime)\s+(?:call|meeting)"),
    (_K.VIDEO, r"zoomed(?:\s+with)?|zoom|facetimed|skyped(?:\s+with)?|video"),
    (_K.LETTER, r"(?:sent|wrote|posted)\s+(?:a\s+)?(?:letter|postcard|card)|letter|postcard"),
    (_K.SOCIAL, r"linked\s?in(?:\s+message)?|connected\s+on\s+linked\s?in"),
    (_K.EMAIL, r"(?:sent|wrote)\s+(?:an?\s+)?e-?mail|e-?mailed|e-?mail|mailed|mail|wrote\s+to|wrote\s+back\s+to|wrote"),
    (_K.EMAIL, r"replied\s+to|replied"),
    (
        _K.MESSAGE,
        (
            r"(?:sent\s+)?(?:a\s+)?(?:text\s+message|direct\s+message|message|sms|dm|whatsapp)"
            r"|messaged|texted|dm['’]?e?d|pinged"
        ),
    ),
    (_K.CALL, r"(?:tele)?phone\s+call|phone\s+chat|called|phoned|telephoned|rang|call|phone"),
    (_K.MET, r"met\s+up\s+with|met\s+with|met|bumped\s+into|ran\s+into|saw|visited|meeting"),
)  # fmt: skip

#: Occasions: they say more than the kind, so the note keeps the word ("Coffee").
OCCASIONS: tuple[tuple[InteractionKind, str], ...] = (
    (_K.MET, r"coffee|lunch|dinner|breakfast|brunch|drinks?|beers?|tea|walk|hike|supper|catch-?\s?up|caught\s+up"),
    (_K.MET, r"1[:-]1|one-to-one|one-on-one|interview|workshop|panel|stand-?up|sat\s+down|hung\s+out|had\s+a\s+look"),
    (_K.MET, r"talked|spoke|chatted|chat|conversation|discussed|talk(?=\s+with)"),
    (_K.SOCIAL, r"commented\s+on|liked|followed"),
    (_K.LETTER, r"handwritten\s+note|thank-you\s+card"),
)

#: What somebody does when something is owed: "I'll send", "she will introduce me". Not "I'll be in Lisbon".
DOING = (
    r"(?:send|share|forward|mail|e-?mail|write|call|phone|ring|text|message|dm|ping|intro(?:duce)?|connect|put|make|pass|give"
    r"|lend|bring|book|schedule|organi[sz]e|arrange|set|invite|refer|recommend|find|look|check|ask|review|read|comment|confirm"
    r"|pay|help|answer|reply|respond|return|come\s+back|get\s+back|get|let|tell|show|prepare|draft|finish|follow|update|post"
    r"|add|buy|order|order|sign|submit|talk|speak|meet|see|try|think|work|do|nominate|endorse|support|join|visit|nudge|chase"
    r"|thank|congratulate|reconnect|reach|touch|catch|circle)\b"
)

#: Things to do that need no "remind me" before them.
LATER = (
    r"(?:follow(?:ing)?[\s-]?up|check(?:ing)?[\s-]in|check\s+back|touch\s+base|circle\s+back|get\s+back\s+to|catch\s+up\s+again"
    r"|reconnect|reach\s+out|ping|nudge|chase|thank\b(?!-)|say\s+thank(?:s|\s+you)|send\s+(?:a\s+|my\s+)?thank(?:s|[\s-]you)"
    r"|congratulate|(?:call|phone|ring|e-?mail|write|message|text|meet|talk|speak|see)"
    rf"(?:\s+(?:to|with))?(?:\s+{WHO})?\s+again|(?:call|phone|ring|e-?mail|write)\s+{WHO}\s+back)(?!\w)"
)

# Little words, times, being in touch, owing and doing.
_LITTLE = """
    a about above across after again against ago all along already also always am an and another any anyone
    are around as asked at away back be because been before behind being below between big both brief but by
    can cannot could did do does doing done down during each either else end even ever every everyone few
    finally first followed following for from full get getting give given go going good got great had has have
    having he hello help her here hers hi him his how i if in into is it its just keen last later let like
    long lots made make many me mentioned minute minutes more most much must my near need never new next nice
    no not nothing now of off ok okay on once one only onto or other our out over own per perhaps please quick
    quite re really right said same see seemed seems several shall she short should showed since so some
    somebody someone something soon still such sure than thank thanks that the their them then there these
    they thing things think this those though thought three through to today together told too two under until
    up upon us use very via wants was we well went were what when where whether which while who whom whose why
    with within without worked works would yes yet you your yours team everyone folks colleagues boss today's
"""
_TIME = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march july september october november december feb mar apr aug sep sept oct nov dec
    yesterday tomorrow tonight morning afternoon evening night noon midnight week weeks day days month months
    year years hour hours min mins hr hrs am pm weekend fortnight half
"""
_TOUCH = """
    call called calling phone phoned rang ring email emailed emails e-mail mail mailed message messaged
    messages text texted dm dmed dm'd sms whatsapp slack signal telegram linkedin twitter mastodon zoom zoomed
    teams video skype facetime letter postcard card note met meet meeting saw visited bumped ran wrote write
    written replied reply sent send spoke speak spoken talked talk talking chat chatted caught catch coffee
    lunch dinner breakfast brunch drink drinks beer beers tea walk hike supper interview workshop panel 1:1
    conversation discussed discuss conference event hallway booth
"""
_DEEDS = """
    promise promised promises owe owes owed remind remember follow follow-up followup check check-in touch
    base ping pinged nudge chase introduce introduced introduction intro connect connected share shared
    forward forwarded gave lent recommended recommend referred refer reviewed review endorsed advised advice
    feedback helped congratulated congratulate congrats offered agreed thanked asked ask told tell sends gives
    todo action deck slides paper article cv resume visit visiting reconnect reach circle waiting wait dr prof
    professor mr mrs ms mx sir dame
"""

#: Words that are not (part of) a name, however they are written.
NEVER_A_NAME = frozenset(f"{_LITTLE} {_TIME} {_TOUCH} {_DEEDS}".split())

#: Names that are words too: a name only with a capital and right after "with", "met" and the like.
SOMETIMES_A_NAME = frozenset("will mark rose grace hope joy bill rob pat art sue drew faith dawn".split())

#: Months that people are called by: a name where no number stands beside it.
MONTH_NAMES = frozenset("jan jun jul may april june august".split())

#: Words after which a capitalised word at the head of a clause is somebody doing something.
ACTS = re.compile(
    r"\s*(?:$|[,:;–—-]|&|\+|and\b|(?:has|have|is|was|will|would|said|says|told|asked|introduced|intro['’]?d|sent|gave|shared|promised"
    r"|owes?|offered|agreed|called|rang|phoned|emailed|e-mailed|wrote|messaged|texted|replied|met|recommended|referred|reviewed"
    r"|endorsed|advised|helped|congratulated|wants?|needs?|mentioned|thinks?|thought|likes?|liked|works?|moved|started|joined"
    r"|left|got|knows?|knew|suggested|invited|forwarded|connected|thanked|lent|talked|spoke|from|of|at|yesterday|today|this|last"
    r"|on|over|via|by|in|about|re)\b|['’](?:ll|d|s)\b|\d|#|@|\()",
    re.IGNORECASE,
)
