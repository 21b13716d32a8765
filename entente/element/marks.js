// The marks of a drawn figure: what they stand for, where they are, and which is nearest to a spot.
const REACH = 24; // pixels

/** Plotly's markup as lines of plain text; nothing in it is ever run. */
export function tell(markup) {
  const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&" };
  return String(markup).replace(/<br\s*\/?>/g, "\n").replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (sign) => signs[sign] || sign);
}

/** The name of what a point stands for: kind and ids, without what is behind it. */
export function nameOf(mark) { return Array.isArray(mark) ? mark.slice(0, 2).join(" ") : ""; }

/** Whether an id is among those that a mark stands for. */
export function isOf(mark, id) { return mark.name.split(" ").indexOf(id) > 0; }

/** Where a point of a trace is drawn, in pixels of the figure: a point, a box, or a path of its own. */
function place(plot, trace, point) {
  if (trace.type === "choropleth") {
    const path = [...plot.querySelectorAll(".choroplethlocation")].find((one) => one.__data__ === point);
    return path ? { path: path.getAttribute("d"), box: path.getBBox() } : {};
  }
  if (trace.type === "scattergeo") {
    const geo = plot._fullLayout[trace.geo]._subplot;
    const at = Number.isFinite(point.lonlat[0]) && !geo.projection.isLonLatOverEdges(point.lonlat) && geo.projection(point.lonlat);
    return at ? { at } : {};
  }
  const across = plot._fullLayout[trace.xaxis.replace("x", "xaxis")], down = plot._fullLayout[trace.yaxis.replace("y", "yaxis")];
  const spot = (x, y) => [across._offset + across.c2p(x), down._offset + down.c2p(y)];
  if (trace.type === "bar") {
    const size = [point.b, point.b + point.s], [one, other] = trace.orientation === "h"
      ? [spot(size[0], point.p0), spot(size[1], point.p1)] : [spot(point.p0, size[0]), spot(point.p1, size[1])];
    return { path: `M${one}H${other[0]}V${other[1]}H${one[0]}Z`, box: { x: Math.min(one[0], other[0]), y: Math.min(one[1], other[1]), width: Math.abs(one[0] - other[0]), height: Math.abs(one[1] - other[1]) } };
  }
  const at = spot(point.x, point.y);
  return Number.isFinite(at[0]) && Number.isFinite(at[1]) ? { at } : {};
}

/** The marks of a drawn figure in reading order: along the time or, on a map, along their names. */
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
      const mark = marks.get(name) || { name, custom, text, lines: [], points: [], areas: [] };
      marks.set(name, mark);
      if (where.path) { mark.areas.push(where); }
      else if (isLine && mark.line === trace) { mark.lines.at(-1).push(where.at); }
      else if (isLine) { mark.line = trace; mark.lines.push([where.at]); }
      else { mark.points.push(where.at); }
    });
  });
  const isMap = Boolean(plot._fullLayout._subplots.geo.length);
  const found = [...marks.values()];
  found.forEach((mark) => { mark.start = mark.points[0] || mark.areas[0] && [mark.areas[0].box.x, mark.areas[0].box.y] || mark.lines[0][0]; });
  return found.sort(isMap ? (a, b) => a.name.localeCompare(b.name) : (a, b) => a.start[0] - b.start[0] || a.start[1] - b.start[1]);
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
