// What plotly.js uses of culori, without the colour spaces that CSS never asks it for.
import { modeHsl, modeLrgb, modeRgb, useMode } from "culori/fn";

for (const mode of [modeRgb, modeHsl, modeLrgb]) { useMode(mode); }
export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";
