"use strict";
// A chart as a picture: what is on screen, with its title above and where it is from below.
(function () {
  if (window.ententePicture) { return; }
  var EDGE = 16, LINE = 28, FOOT = 26, SHARPNESS = 2, WIDE = 1200;

  function literal(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }
  function lines(text, most) {
    var found = [];
    text.split(/\s+/).forEach(function (word) {
      var last = found.length - 1;
      if (last >= 0 && (found[last] + " " + word).length <= most) { found[last] += " " + word; }
      else { found.push(word); }
    });
    return found.map(literal).join("<br>");
  }
  // The timeline carries two sets of names, and the style sheet shows one; a picture has no sheet.
  function isShown(trace) {
    var family = String((trace.textfont || {}).family);
    return family.indexOf(window.innerWidth >= WIDE ? "names-narrow" : "names-wide") < 0;
  }
  function layoutOf(chart, words, room) {
    var drawn = chart._fullLayout, given = Object.assign({}, chart.layout.margin);
    ["l", "r", "t", "b"].forEach(function (side) { given[side] = drawn._size[side] + EDGE; });
    var below = given.b;
    given.t += room; given.b += FOOT;
    var notes = (chart.layout.annotations || []).concat([{
      text: literal(words.credit), x: 0, y: 0, xref: "paper", yref: "paper", xanchor: "left",
      yanchor: "top", xshift: EDGE - given.l, yshift: -below, showarrow: false,
      font: { size: 12, color: drawn.font.color }
    }]);
    return Object.assign({}, chart.layout, {
      margin: Object.assign(given, { autoexpand: false }), annotations: notes, autosize: false,
      width: drawn.width + 2 * EDGE, height: drawn.height + 2 * EDGE + room + FOOT,
      title: {
        text: words.title, x: EDGE, xref: "container", xanchor: "left", yref: "container", y: 1,
        yanchor: "top", pad: { t: EDGE },
        font: { size: 22, color: drawn.font.color, family: words.serif }
      }
    });
  }
  // Plotly's own button knows how to draw; in the app nothing else of the library can be reached.
  function button(chart) {
    var groups = ((chart._fullLayout._modeBar || {}).buttons) || [];
    return [].concat.apply([], groups).filter(function (one) { return one.name === "toImage"; })[0];
  }
  window.ententePicture = function (chart, format, name, title, credit) {
    var drawn = chart._fullLayout;
    var whole = lines(title, Math.floor(drawn.width / 11));
    var room = 12 + LINE * whole.split("<br>").length;
    var words = { title: whole, credit: credit, serif: "'Entente Serif', Georgia, serif" };
    var layout = layoutOf(chart, words, room);
    var options = {
      format: format, filename: name, scale: format === "png" ? SHARPNESS : 1,
      width: layout.width, height: layout.height
    };
    var copy = { data: chart.data.filter(isShown), layout: layout };
    if (window.Plotly) {
      copy.config = window.ENTENTE_CONFIG;
      window.Plotly.downloadImage(copy, options);
    } else {
      copy.config = chart._context;
      copy._context = Object.assign({}, chart._context, { toImageButtonOptions: options });
      button(chart).click(copy);
    }
  };

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
