"""First names and their short forms, folded: Bill and William may be the same person."""

from __future__ import annotations

from functools import cache

# One group a line; a name may stand in several.
_GROUPS = """
aleksander alexander alejandro alessandro alex alec sasha sandro xander olek
alexandra alejandra alessandra alex sasha sandra
alfred alf fred freddie
amelia amy millie
andrew andreas andrea andre andrei andrzej andy drew
angela angelika angie
ann anna anne anja annie anya hannah
anthony antonio anton antoni tony toni
antonia toni
arthur artur art
barbara barb barbie babs basia
benjamin ben benny benji
bernard bernhard bernie bernd
beatrice beatriz bea trixie
cameron cam
caroline carolina karoline carrie caro
catherine katharina katherine kathryn katarzyna katarina ekaterina kate katie kathy cathy kat kasia katja katya
charles carlos karl carl carlo charlie chuck chas
charlotte lotte lottie charlie
christina christine kristina kristin cristina chris chrissy tina kirsten
christopher christoph christophe krzysztof cristobal chris kit topher
christian kristian cristiano chris
daniel daniele danny dan
daniela danielle dani
david dave davy
deborah debora debbie deb
dmitri dmitry dimitri dima mitya
dominic dominik dom nick
dorothy dorothea dot dottie dora
edward eduard eduardo edoardo ed eddie ted ned
eleanor eleonora ellie nell nora lena
elizabeth elisabeth elisabetta elzbieta liz lizzie beth betty eliza lisa libby elsa ela isabel
emily emilia emma em emmy
ernest ernst ernie
eugene evgeny yevgeny gene zhenya
evelyn eve evie
francis francisco franz francesco francois frank fran pancho paco
frances francesca franziska fran franny franzi
frederick friedrich federico frederic fred freddie fritz rick
gabriel gabriele gabe
gabriela gabrielle gabi gaby
george georg giorgio jorge jerzy georgie
gerald gerard gerhard gerry jerry gerd
giovanni john gianni
gregory gregor grzegorz greg
gustav gustavo gus
harold harald harry hal
helen helena elena ellen nell lena
henry heinrich henrik enrique enrico harry hank heinz hendrik
herbert herb bert
ignatius ignacio nacho
isabella isabel isabelle bella izzy
ivan john vanya
jacob jakob jakub jake kuba
jacqueline jackie
james jaime jim jimmy jamie
jane janet jana jenny
jennifer jen jenny
jeremy jeremiah jerry
jessica jess jessie
joanna johanna joan jo asia hanna
john johann johannes jan jean juan jon jonny johnny jack hans sean ian
jonathan jonas jon jonny nathan
joseph josef jose giuseppe jozef joe joey pepe sepp beppe
josephine josefine jo josie
joshua josh
judith judy judit
julia julie julianna jules
julian julius julio jules
kenneth ken kenny
konstantin constantin kostya kostas
lawrence laurence lorenz lorenzo larry laurie
leonard leonardo leonhard leo len lenny
leonie leonora leo
louis luis ludwig luigi lou louie
louise luise luisa lou
lucas lukas luke luca luc lukasz
lucy lucia luzia lucie
magdalena madeleine magda lena maddie
manuel emanuel emmanuel manny manu manolo
margaret margarete margarita malgorzata maggie meg peggy greta rita gosia daisy
maria mary marie mia molly polly masha
marina marie mara
mark marcus markus marco marek marc
martha marta
martin martino marcin marty
matthew matthias mateo matteo mateusz matt matty
maximilian maxim massimiliano max
melanie mel
michael miguel michele michel mikhail michal mike mick mickey mikey misha micha
michelle michaela micha shelly
natalie natalia natasha nat
nathaniel nathan nate nat
nicholas nikolaus nicolas niccolo nikolai mikolaj nick nicky niko klaus claus kolya
nicole nicola nikki nic
oliver olivier ollie
olivia liv livvy
pamela pam
patricia patrizia pat patty trish tricia
patrick patricio patrik pat paddy
paul pablo paolo pavel pawel pasha
peter pedro pietro piotr pierre pete
philip phillip philipp philippe felipe filippo phil pip
rachel raquel rahel rae
raymond raimund ramon ray
rebecca rebekah becky becca
regina gina
richard ricardo riccardo ryszard rick ricky dick rich
robert roberto bob bobby rob robbie bert
roland rolando rolf
ronald ron ronnie
rudolf rudolph rudy rodolfo
samantha sam sammy
samuel sam sammy
sarah sara sally
sebastian seb bastian basti
sergei serge sergio seryozha
simon simone si
sofia sophie sophia zofia sonja sonya zosia
stanislav stanislaw stan stas
stefanie stephanie steffi steph
stephen steven stefan stefano stephan esteban etienne steve
susan susanne susanna zuzanna sue suzie suzy
tatiana tatjana tanya tanja
teresa theresa therese tess terry resi
theodore theodor teodor theo ted teddy
thomas tomas tomasz tommaso tom tommy
timothy tim timmy
tobias toby tobi
ulrich uli ullrich
ursula uschi ulla
valentina valentine val
valerie valeria val
veronica veronika vera ronnie
victor viktor vic vittorio
victoria viktoria vicky tori vika
vincent vicente vincenzo vince vinny
vladimir wladimir vlad volodya
walter walt wally
wilhelm william willem guillermo guillaume bill billy will willy liam
xavier javier javi
yuri georg jura
zachary zach zack
"""


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _GROUPS.splitlines():
        names = line.split()
        for name in names:
            found.setdefault(name, set()).update(names)
    return {name: frozenset(others) for name, others in found.items()}


def forms(name: str) -> frozenset[str]:
    """The folded name and the other forms it goes by."""
    return _groups().get(name, frozenset()) | {name}
