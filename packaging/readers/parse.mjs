// Reads one file with ical.js and prints what it found as JSON: an array of jCal (RFC 7265) or jCard (RFC 7095).
// usage: node parse.mjs NODE_MODULES ics|vcf FILE
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, kind, file] = process.argv.slice(2);
const library = join(resolve(modules), "ical.js", "dist", "ical.js");
const ICAL = (await import(pathToFileURL(library).href)).default;

const refuse = (reason) => {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
};

try {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  // ICAL.parse gives one component, or a list of components when the file holds several.
  const parsed = ICAL.parse(text);
  const components = typeof parsed[0] === "string" ? [parsed] : parsed;
  const expected = kind === "ics" ? "vcalendar" : "vcard";
  for (const component of components) {
    if (component[0] !== expected) refuse(`expected ${expected}, found ${component[0]}`);
    if (kind === "ics") check(new ICAL.Component(component));
  }
  process.stdout.write(JSON.stringify(components));
} catch (error) {
  refuse(error.stack ?? String(error));
}

// Parsing alone accepts much: build the objects that a calendar program would work with, and ask for their times.
function check(calendar) {
  const zones = new Set(calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")));
  for (const name of ["vevent", "vtodo"]) {
    for (const component of calendar.getAllSubcomponents(name)) {
      if (!component.getFirstPropertyValue("uid")) refuse(`a ${name} without UID`);
      for (const property of ["dtstart", "dtend", "due"].flatMap((key) => component.getAllProperties(key))) {
        const zone = property.getParameter("tzid");
        if (zone && !zones.has(zone)) refuse(`${property.name} names the zone ${zone}, which the file does not define`);
        property.getFirstValue().toJSDate();
      }
      if (name === "vevent") new ICAL.Event(component).duration.toSeconds();
    }
  }
}
