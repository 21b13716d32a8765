"use strict";
// A chart as a picture: what is on screen, with its title above and where it is from below; and
// charts on paper, which is narrower than the screen that they were drawn for.
(function () {
  if (window.ententePicture) { return; }
  var EDGE = 16, LINE = 28, SMALL = 16, SHARPNESS = 2, WIDE = 1200;
  var SANS = "'Segoe UI', Helvetica, Arial, sans-serif", SERIF = "Georgia, serif";
  var HEAD = { size: 22, family: SERIF }, FOOT = { size: 12, family: SANS };

  function literal(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }
  var pen = document.createElement("canvas").getContext("2d");
  function lines(text, width, font) {
    var found = [];
    pen.font = font.size + "px " + font.family;
    text.split(/\s+/).forEach(function (word) {
      var last = found.length - 1;
      if (last >= 0 && pen.measureText(found[last] + " " + word).width <= width) { found[last] += " " + word; }
      else { found.push(word); }
    });
    return found.map(literal).join("<br>");
  }
  // Words were placed for the letters on screen; where those of a picture are wider, they are
  // made as much smaller.
  function shareOf(own, sample) {
    return ["", "bold "].reduce(function (least, weight) {
      function measure(family) { pen.font = weight + "16px " + family; return pen.measureText(sample).width; }
      return Math.min(least, measure(own) / measure(SANS));
    }, 1);
  }
  function sized(font, share) {
    var size = font.size;
    if (Array.isArray(size)) { size = size.map(function (one) { return one * share; }); }
    else if (size) { size *= share; }
    return Object.assign({}, font, size ? { size: size } : {});
  }
  function withFonts(part, share) {
    if (Array.isArray(part)) { return part.map(function (one) { return withFonts(one, share); }); }
    if (!part || typeof part !== "object") { return part; }
    var copy = {};
    Object.keys(part).forEach(function (key) {
      copy[key] = /font$/.test(key) ? sized(part[key], share) : withFonts(part[key], share);
    });
    return copy;
  }
  // A figure may carry several sets of names, of which the style sheet shows one; a picture has no
  // sheet. What it says of text in a set's family holds wherever that text stands in the figure.
  function isShown(chart, trace) {
    var probe = document.createElementNS("http://www.w3.org/2000/svg", "text");
    probe.style.fontFamily = String((trace.textfont || {}).family);
    chart.querySelector(".main-svg").appendChild(probe);
    var shown = getComputedStyle(probe).display !== "none";
    probe.remove();
    return shown;
  }
  // The ring around what is picked stands above the chart and is not a part of it.
  function ringsOf(chart) {
    var drawn = chart._fullLayout, size = drawn._size;
    return Array.prototype.map.call(chart.parentElement.querySelectorAll(".e-ring-picked circle"), function (ring) {
      var x = ring.cx.baseVal.value - size.l, y = size.h + size.t - ring.cy.baseVal.value, r = ring.r.baseVal.value;
      return {
        type: "circle", xref: "paper", yref: "paper", line: { color: drawn.font.color, width: 2 },
        x0: (x - r) / size.w, x1: (x + r) / size.w, y0: (y - r) / size.h, y1: (y + r) / size.h
      };
    });
  }
  function layoutOf(chart, words, share) {
    var drawn = chart._fullLayout, own = withFonts(chart.layout, share), given = Object.assign({}, own.margin);
    ["l", "r", "t", "b"].forEach(function (side) { given[side] = drawn._size[side] + EDGE; });
    var over = given.t, under = given.b, ink = drawn.font.color;
    given.t += words.room; given.b += words.foot;
    function note(text, y, anchor, shift, font) {
      return {
        text: text, x: 0, y: y, xref: "paper", yref: "paper", xanchor: "left", yanchor: anchor,
        align: "left", xshift: EDGE - given.l, yshift: shift, showarrow: false, borderpad: 0,
        font: Object.assign({ color: ink }, font)
      };
    }
    var notes = (own.annotations || []).concat([
      note(words.title, 1, "bottom", over, HEAD),
      note(words.credit, 0, "top", -under, FOOT)
    ]);
    return Object.assign(own, {
      // A picture cannot take our fonts along, and text must be measured in those it is shown in.
      font: Object.assign({}, own.font, { family: SANS }),
      margin: Object.assign(given, { autoexpand: false }), annotations: notes, autosize: false,
      shapes: (own.shapes || []).concat(ringsOf(chart)),
      width: drawn.width + 2 * EDGE, height: drawn.height + 2 * EDGE + words.room + words.foot
    });
  }
  window.ententePicture = function (chart, format, name, title, credit) {
    var drawn = chart._fullLayout;
    var whole = lines(title, drawn.width, HEAD), from = lines(credit, drawn.width, FOOT);
    var words = {
      title: whole, room: EDGE / 2 + LINE * whole.split("<br>").length,
      credit: from, foot: EDGE / 2 + SMALL * from.split("<br>").length
    };
    var share = shareOf(drawn.font.family, title + credit), layout = layoutOf(chart, words, share);
    var options = {
      format: format, filename: name, scale: format === "png" ? SHARPNESS : 1,
      width: layout.width, height: layout.height
    };
    var data = chart.data.filter(function (trace) { return isShown(chart, trace); }).map(function (trace) {
      return trace.textfont ? Object.assign({}, trace, { textfont: sized(trace.textfont, share) }) : trace;
    });
    var copy = { data: data, layout: layout, config: chart._context };
    window.Plotly.downloadImage(copy, options);
  };

  function charts() { return Array.prototype.slice.call(document.querySelectorAll(".js-plotly-plot")); }
  window.ententeFit = function () {
    charts().forEach(function (chart) {
      var drawn = chart._fullLayout;
      if (!drawn) { return; }
      chart.style.setProperty("--drawn", drawn.width + "px");
      chart.style.setProperty("--shape", drawn.width + " / " + drawn.height);
      Array.prototype.forEach.call(chart.querySelectorAll(".main-svg"), function (layer) {
        layer.setAttribute("viewBox", "0 0 " + drawn.width + " " + drawn.height);
      });
    });
    document.documentElement.classList.toggle("drawn-wide", window.innerWidth >= WIDE);
  };
  window.addEventListener("beforeprint", window.ententeFit);
  window.addEventListener("afterprint", function () {
    charts().forEach(function (chart) {
      Array.prototype.forEach.call(chart.querySelectorAll(".main-svg"), function (layer) { layer.removeAttribute("viewBox"); });
    });
  });

  // The link by which a file is saved is clicked by a program; that must not close an open panel.
  window.addEventListener("click", function (event) {
    if (!event.isTrusted && event.target.matches && event.target.matches("a[download]")) { event.stopPropagation(); }
  }, true);
  document.addEventListener("click", function (event) {
    var asked = event.target.closest && event.target.closest("[data-picture]");
    if (!asked) { return; }
    var own = ".st-key-figure-" + CSS.escape(asked.dataset.of);
    var found = document.querySelectorAll(own + " .js-plotly-plot");
    if (!found.length) {
      found = document.querySelectorAll('[class*="st-key-figure-' + CSS.escape(asked.dataset.of) + '"] .js-plotly-plot');
    }
    var heading = document.querySelector("h1");
    Array.prototype.forEach.call(found, function (chart, place) {
      var name = asked.dataset.name + (found.length > 1 ? "-" + (place + 1) : "");
      window.ententePicture(chart, asked.dataset.picture, name, heading ? heading.textContent.trim() : "", asked.dataset.credit);
    });
  });
})();
