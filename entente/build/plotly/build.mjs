// Bundle plotly.js with the traces that are named: `node build.mjs OUT BANNER TRACE…`, next to
// `node_modules`. Writes OUT, and OUT.json with the names of the packages that are in it.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [out, banner, ...traces] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
const entry = `
const Plotly = require("./core.cjs");
Plotly.register([${traces.map((name) => `require("plotly.js/lib/${name}")`).join(", ")}]);
module.exports = Plotly;`;

// Countries by their names, rare projections and maps of tiles are not asked for.
const instead = {
  "country-iso-search": "module.exports = { COUNTRIES: [], createLookup: () => ({ lookupAlpha3: () => undefined }) };",
  "d3-geo-projection": "module.exports = {};",
  "maplibre-gl/dist/maplibre-gl.css": "",
};
// Each attribute is described for the reference manual: a tenth of the whole, which nothing reads.
const text = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\`[^\`$]*\``;
const described = new RegExp(
  String.raw`\bdescription:\s*(?:\[(?:\s|,|\+|${text})*\]\.join\((?:${text})\)|(?:${text})(?:\s*\+\s*(?:${text}))*)\s*(?:,|(?=\}))`, "g",
);
const smaller = {
  name: "smaller",
  setup(building) {
    building.onResolve({ filter: /^culori$/ }, () => ({ path: `${here}colours.mjs` }));
    building.onResolve({ filter: /^[\w./-]+$/ }, ({ path }) => path in instead ? { path, namespace: "instead" } : null);
    building.onLoad({ filter: /plotly\.js[\\/]src[\\/].*\.js$/ }, ({ path }) => ({ contents: readFileSync(path, "utf8").replace(described, "") }));
    building.onLoad({ filter: /.*/, namespace: "instead" }, ({ path }) => ({ contents: instead[path] }));
  },
};

const { metafile } = await build({
  stdin: { contents: entry, resolveDir: here },
  outfile: out,
  bundle: true,
  minify: true,
  charset: "ascii",
  format: "iife",
  globalName: "Plotly",
  target: "es2020",
  define: { global: "window", "define.amd": "false" },
  banner: { js: banner },
  footer: { js: "globalThis.Plotly=Plotly;" }, // for whoever imports it as a module
  legalComments: "none", // the licences stand beside it
  metafile: true,
  plugins: [smaller],
});
const packages = Object.values(metafile.outputs)
  .flatMap(({ inputs }) => Object.entries(inputs))
  .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  .map(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
  .filter(Boolean);
writeFileSync(`${out}.json`, JSON.stringify([...new Set(packages)].sort()));
