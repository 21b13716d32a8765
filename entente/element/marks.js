// The marks of a drawn figure: what they stand for, where they are, and which is nearest to a spot.
const REACH = 24, EDGE = 1, AROUND = 9; // pixels

/** Plotly's markup as lines of plain text; nothing in it is ever run. */
export function tell(markup) {
  const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&" };
  return String(markup).replace(/<br\s*\/?>/g, "\n").replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (sign) => signs[sign] || sign);
}

/** The name of what a point stands for: kind and ids, without what is behind it. */
export function nameOf(mark) { return Array.isArray(mark) ? mark.slice(0, 2).join(" ") : ""; }

/** Whether an id is among those that a mark stands for. */
export function isOf(mark, id) { return mark.name.split(" ").indexOf(id) > 0; }

/** Whether any of a box, or a spot, lies where a map or a pair of axes is drawn. */
function isWithin({ x, y, width = 0, height = 0 }, across, down) {
  return x + width > across._offset - EDGE && x < across._offset + across._length + EDGE
    && y + height > down._offset - EDGE && y < down._offset + down._length + EDGE;
}

/** Marks that stand in one row as a single one, a box around them all; others as they are. */
export function joinRow(marks) {
  const spots = marks.flatMap((mark) => [...mark.points, ...mark.lines.flat()]);
  const [across, down] = [0, 1].map((axis) => spots.map((spot) => spot[axis]));
  const isRow = spots.length > 2 && Math.max(...down) - Math.min(...down) < EDGE;
  if (!isRow || marks.length < 2) { return marks; }
  const [left, right] = [Math.min(...across) - AROUND, Math.max(...across) + AROUND];
  return [{ areas: [{ path: `M${left},${down[0] - AROUND}H${right}v${2 * AROUND}H${left}Z` }], lines: [], points: [] }];
}

/** Where a point of a trace is drawn, in pixels of the figure: a point, or a path with its box; and whether one sees it. */
function place(plot, trace, point) {
  const geo = trace.geo && plot._fullLayout[trace.geo]._subplot;
  const across = geo ? geo.xaxis : plot._fullLayout[trace.xaxis.replace("x", "xaxis")];
  const down = geo ? geo.yaxis : plot._fullLayout[trace.yaxis.replace("y", "yaxis")];
  const spot = (x, y) => [across._offset + across.c2p(x), down._offset + down.c2p(y)];
  let at, path, box;
  if (trace.type === "choropleth") {
    const shape = [...plot.querySelectorAll(".choroplethlocation")].find((one) => one.__data__ === point);
    [path, box] = [shape?.getAttribute("d"), shape?.getBBox()];
  } else if (geo) {
    at = Number.isFinite(point.lonlat[0]) && !geo.projection.isLonLatOverEdges(point.lonlat) && geo.projection(point.lonlat);
  } else if (trace.type === "bar") {
    const [start, end] = [point.b, point.b + point.s], [[a, b], [c, d]] = trace.orientation === "h"
      ? [spot(start, point.p0), spot(end, point.p1)] : [spot(point.p0, start), spot(point.p1, end)];
    path = `M${a},${b}H${c}V${d}H${a}Z`;
    box = { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(a - c), height: Math.abs(b - d) };
  } else { at = spot(point.x, point.y); }
  if (at && at.every(Number.isFinite)) { box = { x: at[0], y: at[1] }; } else { at = null; }
  return { at, path, isSeen: Boolean(box) && isWithin(box, across, down) };
}

/** What tells a mark from others: what it stands for, and what is said of it. */
export function keyOf(custom, text) { return `${nameOf(custom)}\n${text}`; }

/** The marks of a drawn figure that can be seen, in the order that it says, then as they are drawn. */
export function listMarks(plot) {
  const marks = new Map();
  plot.calcdata.forEach((points) => {
    const trace = points[0].trace;
    if (trace.visible !== true || !trace.customdata || trace.hoverinfo === "skip") { return; }
    const isLine = (trace.mode || "").includes("lines");
    points.forEach((point, i) => {
      const custom = trace.customdata[point.i ?? point.index ?? i], name = nameOf(custom), where = place(plot, trace, point);
      const text = Array.isArray(trace.hovertext) ? trace.hovertext[point.i ?? point.index ?? i] : trace.hovertext;
      if (!name || !text || !(where.at || where.path)) { return; }
      const key = keyOf(custom, text), mark = marks.get(key) || { key, name, custom, text, lines: [], points: [], areas: [] };
      marks.set(key, mark);
      mark.isSeen ||= where.isSeen;
      if (where.path) { mark.areas.push(where); }
      else if (isLine && mark.line === trace) { mark.lines.at(-1).push(where.at); }
      else if (isLine) { mark.line = trace; mark.lines.push([where.at]); }
      else { mark.points.push(where.at); }
    });
  });
  const places = new Map((plot.layout.meta?.order || []).map((name, i) => [name, i]));
  const rank = ({ name, custom }) => places.get(custom.join(" ")) ?? places.get(name) ?? places.size;
  return [...marks.values()].filter((mark) => mark.isSeen).sort((one, other) => rank(one) - rank(other));
}

/** The mark nearest to a spot, within reach: first points, then lines, then areas that hold it. */
export function nearest(marks, [x, y], holds) {
  const away = ([a, b]) => Math.hypot(a - x, b - y);
  const along = (line) => Math.min(...line.slice(1).map((end, i) => {
    const [a, b] = line[i], [c, d] = [end[0] - a, end[1] - b];
    const part = Math.max(0, Math.min(1, ((x - a) * c + (y - b) * d) / (c * c + d * d || 1)));
    return away([a + part * c, b + part * d]);
  }));
  const closest = (distance) => marks.map((mark) => [distance(mark), mark]).filter(([far]) => far <= REACH).sort((a, b) => a[0] - b[0])[0]?.[1];
  return closest((mark) => Math.min(Infinity, ...mark.points.map(away)))
    || closest((mark) => Math.min(Infinity, ...mark.lines.map(along)))
    || marks.find((mark) => mark.areas.some(({ path }) => holds(path, x, y)));
}
