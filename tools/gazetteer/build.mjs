// Writes what the gazetteer takes from CLDR: rules/gazetteer/cldr/*.yaml, the names of countries and of
// large cities in each language, sorted, so that a new release of CLDR shows as a short difference.
//
//     node tools/gazetteer/build.mjs
//
// It needs npm and tar, and asks the npm registry for three packages of the version below. What CLDR does
// not have (capitals, adjectives, further names, organisations) is kept by hand beside it, in
// rules/gazetteer/world.yaml and rules/gazetteer/<language>.yaml. CLDR is under the Unicode License v3
// (SPDX: Unicode-3.0), a copy of which is written next to the data.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSION = "48.2.0";
const PACKAGES = ["cldr-localenames-full", "cldr-dates-full", "cldr-bcp47"];

// Each language with the locales whose names are right in it, the usual one first.
const LANGUAGES = { en: ["en"], de: ["de"], pt: ["pt", "pt-PT"], uk: ["uk"] };

// What is no city: whole islands and regions that have a time zone, and places nobody writes about by
// that name. Zones in three parts (America/Indiana/Knox) are left out but for Argentina's.
const NO_CITIES =
  /^(Etc|Antarctica)\/|\/(Bahia|Belize|Bermuda|Bougainville|Brunei|Canary|Cape_Verde|Cayman|Chagos|Chatham|Christmas|Cocos|Comoro|Costa_Rica|Curacao|Danmarkshavn|Dominica|Easter|Efate|El_Salvador|Enderbury|Eucla|Faeroe|Fakaofo|Fiji|Galapagos|Gambier|Gibraltar|Grenada|Guadalcanal|Guadeloupe|Guam|Guatemala|Guernsey|Guyana|Isle_of_Man|Jamaica|Jersey|Kamchatka|Kerguelen|Khandyga|Kiritimati|Kosrae|Kwajalein|La_Rioja|Lindeman|Lord_Howe|Madeira|Mahe|Maldives|Malta|Marquesas|Martinique|Mauritius|Mayotte|Metlakatla|Midway|Montserrat|Nauru|Niue|Norfolk|Noronha|Ojinaga|Palau|Panama|Pitcairn|Ponape|Puerto_Rico|Qatar|Reunion|Sakhalin|South_Georgia|Srednekolymsk|St_Barthelemy|St_Helena|St_Kitts|St_Lucia|St_Thomas|St_Vincent|Tahiti|Tongatapu|Tortola|Truk|Vatican|Wake|Wallis|Yakutat|Anguilla|Antigua|Aruba|Barbados|Azores|Andorra|Lower_Princes|Miquelon|Martinique|Adak|Menominee|Nome|Resolute|Creston|Swift_Current|Dawson|Blanc-Sablon|Glace_Bay|Goose_Bay|Rankin_Inlet|Bahia_Banderas|Broken_Hill|Troll|Ust-Nera|Scoresbysund|Eirunepe|Coral_Harbour|Bahrain|Bogota_|Sitka|Inuvik|Thule|Cambridge_Bay|Fort_Nelson|Marigot)$/;

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const target = join(root, "rules", "gazetteer", "cldr");

function download() {
  const folder = mkdtempSync(join(tmpdir(), "cldr-"));
  for (const name of PACKAGES) {
    execFileSync("npm", ["pack", `${name}@${VERSION}`, "--silent"], { cwd: folder });
    execFileSync("tar", ["xzf", `${name}-${VERSION}.tgz`], { cwd: folder });
  }
  return join(folder, "package");
}

/** The countries that the world file knows, by their ISO code, and the ids of cities it names as capitals. */
function readWorld() {
  const countries = {};
  for (const line of readFileSync(join(root, "rules", "gazetteer", "world.yaml"), "utf8").split("\n")) {
    const found = /^  ([a-z-]+): \{.*code: ([A-Z]{2})\b/.exec(line);
    if (found) countries[found[2]] = found[1];
  }
  return countries;
}

export function slug(name) {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’.]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** One name as copy writes it, or several; none where CLDR's is only good for a menu. */
function names(name) {
  const plain = name.replace(/\u00ad/g, "").replace(/[’ʼ]/g, "'").replace(/ [-–] /g, "-").trim();
  if (/[(,]/.test(plain) || / SAR | RAE |Sonderverwaltungsregion|ОАР/.test(plain)) return [];
  const written = plain.replace(/ & /g, " and ");
  return /\bSt\. /.test(written) ? [written, written.replace(/\bSt\. /, "Saint ")] : [written];
}

function unique(list) {
  return [...new Set(list)];
}

function item(text) {
  return /^[\p{L}][\p{L}\p{M} .'-]*$/u.test(text) ? text : JSON.stringify(text);
}

function entries(map, write) {
  const keys = Object.keys(map).sort();
  return keys.map((key) => `  ${key}: ${write(`[${map[key].map(item).join(", ")}]`)}\n`).join("");
}

const source = download();
const read = (path) => JSON.parse(readFileSync(join(source, path), "utf8"));
const codes = readWorld();
const header =
  `# Made by tools/gazetteer/build.mjs from CLDR ${VERSION}; change it there, or beside it in the files kept by hand.\n` +
  "# © Unicode, Inc. SPDX-License-Identifier: Unicode-3.0 (see LICENSE-UNICODE).\n";

// The country of each time zone: the first two letters of its BCP 47 name.
const countryOfZone = {};
for (const [short, zone] of Object.entries(read("bcp47/timezone.json").keyword.u.tz)) {
  if (short.startsWith("_")) continue;
  const code = short === "gaza" || short === "hebron" ? "PS" : short === "jeruslm" ? "IL" : short.slice(0, 2).toUpperCase();
  for (const alias of `${zone._alias ?? ""} ${zone._iana ?? ""}`.split(" ")) if (alias) countryOfZone[alias] = code;
}

function exemplars(locale) {
  const found = {};
  const walk = (prefix, node) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value !== "object") continue;
      if (value.exemplarCity) found[prefix + key] = value.exemplarCity;
      walk(`${prefix}${key}/`, value);
    }
  };
  walk("", read(`main/${locale}/timeZoneNames.json`).main[locale].dates.timeZoneNames.zone);
  return found;
}

// A zone without a name of its own is called after the city in its id.
const english = exemplars("en");
const cities = {};
for (const zone of Object.keys(exemplars("uk"))) {
  const parts = zone.split("/");
  if (NO_CITIES.test(zone) || parts.length < 2 || (parts.length > 2 && parts[1] !== "Argentina")) continue;
  const name = english[zone] ?? parts.at(-1).replace(/_/g, " ");
  if (codes[countryOfZone[zone]]) cities[zone] = { name, id: slug(name), country: codes[countryOfZone[zone]] };
}

mkdirSync(target, { recursive: true });
const world = Object.values(cities)
  .map(({ id, country }) => `  ${id}: { country: ${country} }\n`)
  .sort()
  .join("");
writeFileSync(join(target, "world.yaml"), `${header}gazetteer: world\ncities:\n${world}`);
for (const [language, locales] of Object.entries(LANGUAGES)) {
  const ofCountries = {};
  const ofCities = {};
  for (const locale of locales) {
    const territories = read(`main/${locale}/territories.json`).main[locale].localeDisplayNames.territories;
    for (const [code, country] of Object.entries(codes)) {
      const all = ["", "-alt-short", "-alt-variant"].map((variant) => territories[code + variant]).filter(Boolean);
      ofCountries[country] = unique([...(ofCountries[country] ?? []), ...all.flatMap(names)]);
    }
    const named = exemplars(locale);
    for (const [zone, { name, id }] of Object.entries(cities)) {
      // The letter ґ of CLDR's Ukrainian cities is not what the press writes.
      const own = (named[zone] ?? name).replace(/ґ/g, "г").replace(/Ґ/g, "Г");
      ofCities[id] = unique([...(ofCities[id] ?? []), ...names(own)]);
    }
  }
  for (const map of [ofCountries, ofCities]) {
    for (const key of Object.keys(map)) if (map[key].length === 0) delete map[key];
  }
  const text = `${header}gazetteer: ${language}\ncountries:\n${entries(ofCountries, (list) => `{ name: ${list} }`)}cities:\n${entries(ofCities, (list) => list)}`;
  writeFileSync(join(target, `${language}.yaml`), text);
}
copyFileSync(join(source, "LICENSE"), join(target, "LICENSE-UNICODE"));
