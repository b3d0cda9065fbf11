// Loads the page again when the sites were built again, shows what was found in the postmortem that it shows, and marks
// what no commit holds.
"use strict";
(() => {
  const address = "/_lookback/state";

  const show = (state) => {
    const match = location.pathname.match(/^\/internal\/(?:[a-z]+\/)?postmortems\/([^/]+)\//);
    const id = match ? decodeURIComponent(match[1]) : null;
    const lines = [];
    if (state.problem) lines.push(state.problem);
    for (const finding of (id && state.findings[id]) || []) {
      lines.push(`${finding.level}: ${finding.message} [${finding.rule}] ${finding.path}:${finding.line}:${finding.column}`);
    }
    for (const path of state.uncommitted) {
      if (!id || state.paths[id] === path) lines.push(`not committed: ${path}`);
    }
    if (lines.length === 0) return;
    const box = document.createElement("details");
    const summary = document.createElement("summary");
    summary.style.color = "inherit";
    summary.textContent = state.problem ? "The last build failed; this is the one before" : `${lines.length} to look at`;
    box.append(summary);
    for (const line of lines) {
      const row = document.createElement("pre");
      row.textContent = line;
      Object.assign(row.style, { margin: "4px 0", whiteSpace: "pre-wrap", font: "12px/1.4 ui-monospace, monospace" });
      box.append(row);
    }
    box.open = Boolean(state.problem);
    Object.assign(box.style, {
      position: "fixed", right: "12px", bottom: "12px", zIndex: 9, maxWidth: "min(640px, 90vw)", maxHeight: "60vh", overflow: "auto",
      padding: "8px 12px", background: "#1b1b1b", color: "#fff", font: "13px/1.4 system-ui, sans-serif",
    });
    document.body.append(box);
  };

  /** A line at the edge of what is in no commit, and a word for whom a line says nothing. */
  const mark = (state) => {
    const match = location.pathname.match(/^\/internal\/postmortems\/([^/]+)\//);
    const titles = match && state.sections[decodeURIComponent(match[1])];
    if (!titles) return;
    const label = (text) => {
      const word = document.createElement("span");
      word.textContent = text;
      Object.assign(word.style, { marginLeft: ".6em", padding: "0 .4em", border: "1px dashed", font: "600 12px/1.5 system-ui, sans-serif", whiteSpace: "nowrap", verticalAlign: "middle" });
      return word;
    };
    document.querySelector("h1")?.append(label("not committed"));
    for (const section of document.querySelectorAll(".text > section")) {
      const heading = section.querySelector("h2");
      if (!heading || !titles.includes(heading.textContent.trim())) continue;
      heading.append(label("not committed"));
      Object.assign(section.style, { borderLeft: "3px dashed currentcolor", paddingLeft: "12px", marginLeft: "-15px" });
    }
  };

  const follow = async () => {
    let state = await (await fetch(address)).json();
    show(state);
    mark(state);
    for (;;) {
      try {
        const next = await (await fetch(`${address}?build=${state.build}`)).json();
        if (next.build !== state.build) return location.reload();
      } catch {
        // The server is gone, or begins again: ask now and then.
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  };
  follow();
})();
