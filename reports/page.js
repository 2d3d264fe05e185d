"use strict";
// Every finding of the page as a table that filters and sorts. Text goes by textContent only.
(async () => {
  const at = (id) => document.getElementById(id);
  const region = at("rows"), table = region.querySelector("table"), body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells], names = heads.map((head) => head.dataset.column);
  const selects = [...document.querySelectorAll("#live select")], text = at("choose-text");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const MORE = 8; // rows kept above and below those in sight

  const unpack = async (packed) => {
    const letters = atob(packed), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).json();
  };
  const { uids, columns, rules, waived } = await unpack(at("packed").textContent);
  for (const name of names) columns[name].of = Uint32Array.from(columns[name].of);

  const accepted = new Set(waived), outcome = (row) => columns.outcome.keys[columns.outcome.of[row]];

  let state = { uid: "", text: "", chosen: {}, sort: "", down: false };
  let order = Uint32Array.from(uids.keys());
  let height = 0, first = -1, last = -1, current = 0;

  // ------------------------------------------------------------ what is chosen, and its order
  const bare = (said) => said.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const searched = new Map();
  const searchable = (name) => {
    if (!searched.has(name)) searched.set(name, columns[name].values.map(bare));
    return searched.get(name);
  };
  const having = (word) => {
    const hits = names.map((name) => [
      columns[name].of, Uint8Array.from(searchable(name), (value) => value.includes(word)),
    ]).filter(([, hit]) => hit.includes(1));
    return (row) => hits.some(([of, hit]) => hit[of[row]]) || uids[row].startsWith(word);
  };
  const chosenBy = ([name, key]) => {
    const hit = Uint8Array.from(columns[name].keys, (one) => one === key);
    return (row) => hit[columns[name].of[row]];
  };
  const sorted = (rows, name, down) => { // a column's numbers are ranks: counted, not compared
    const { of, values } = columns[name], starts = new Uint32Array(values.length + 1);
    const rank = down ? (row) => values.length - 1 - of[row] : (row) => of[row];
    for (const row of rows) starts[rank(row) + 1]++;
    for (let i = 0; i < values.length; i++) starts[i + 1] += starts[i];
    const found = new Uint32Array(rows.length);
    for (const row of rows) found[starts[rank(row)]++] = row;
    return found;
  };
  const choose = () => {
    const tests = Object.entries(state.chosen).map(chosenBy);
    tests.push(...bare(state.text).split(/\s+/).filter(Boolean).map(having));
    order = Uint32Array.from(uids.keys()).filter((row) => tests.every((test) => test(row)));
    if (state.sort) order = sorted(order, state.sort, state.down);
  };

  // ------------------------------------------------------------ rows in sight
  const element = (tag, said, more = {}) =>
    Object.assign(document.createElement(tag), { textContent: said, ...more });
  const value = (name, row) => columns[name].values[columns[name].of[row]];
  const hash = (row) => "#finding-" + encodeURIComponent(uids[row]);
  const spacer = () => {
    const row = element("tr", "", { className: "spacer" });
    row.setAttribute("aria-hidden", "true");
    row.append(element("td", "", { colSpan: names.length }));
    return row;
  };
  const above = spacer(), below = spacer();
  const line = (place) => {
    const row = order[place], made = element("tr", "");
    if (outcome(row) === "deviates" && !accepted.has(row))
      made.className = columns.severity.keys[columns.severity.of[row]];
    made.setAttribute("aria-rowindex", place + 2); // the first is that of the titles
    made.dataset.place = place;
    for (const name of names) {
      const cell = made.insertCell(), inside = element(name === "rule" ? "a" : "bdi", value(name, row));
      if (name === "rule") Object.assign(inside, { href: hash(row), tabIndex: place === current ? 0 : -1 });
      cell.append(element("div", ""));
      cell.firstChild.append(inside);
    }
    return made;
  };
  const linked = (place) => body.querySelector(`tr[data-place="${place}"] a`);
  const draw = (anew) => {
    const scrolled = region.scrollTop, top = Math.max(0, Math.floor(scrolled / (height || 1)) - MORE);
    const count = Math.ceil(region.clientHeight / (height || 60)) + 2 * MORE;
    const from = Math.min(top, Math.max(0, order.length - count)), to = Math.min(order.length, from + count);
    if (!anew && from === first && to === last) return;
    const kept = new Map(anew ? [] : [...body.rows].map((row) => [Number(row.dataset.place), row]));
    const held = body.contains(document.activeElement);
    const rows = [];
    for (let place = from; place < to; place++) rows.push(kept.get(place) || line(place));
    above.firstChild.style.height = from * height + "px";
    below.firstChild.style.height = (order.length - to) * height + "px";
    above.hidden = from === 0;
    below.hidden = to === order.length;
    if (anew || first === -1) body.replaceChildren(above, ...rows, below);
    else {
      const wanted = new Set(rows);
      for (const row of [...body.rows]) if (row !== above && row !== below && !wanted.has(row)) row.remove();
      let before = above;
      for (const row of rows) {
        if (before.nextSibling !== row) before.after(row);
        before = row;
      }
    }
    [first, last] = [from, to];
    if (region.scrollTop !== scrolled) region.scrollTop = scrolled; // a row that goes with the focus may clamp it
    if (held && !body.contains(document.activeElement))
      (linked(current) || region).focus({ preventScroll: true });
    const tall = rows.length ? rows[0].getBoundingClientRect().height : 0;
    if (tall && Math.abs(tall - height) > 0.5) {
      height = tall;
      draw(true);
    }
  };
  const go = (place, focus) => {
    const old = body.querySelector("a[tabindex='0']");
    if (old) old.tabIndex = -1;
    current = Math.max(0, Math.min(order.length - 1, place));
    const head = table.tHead.offsetHeight, top = current * height;
    if (top < region.scrollTop) region.scrollTop = top;
    else if (top + height + head > region.scrollTop + region.clientHeight)
      region.scrollTop = top + height + head - region.clientHeight;
    draw(false);
    const link = linked(current);
    if (!link) return;
    link.tabIndex = 0;
    if (focus) link.focus({ preventScroll: true });
  };

  // ------------------------------------------------------------ the state, its controls, its address
  const show = () => {
    choose();
    current = 0;
    region.scrollTop = 0;
    table.setAttribute("aria-rowcount", order.length + 1);
    for (const head of heads)
      head.setAttribute("aria-sort", head.dataset.column !== state.sort ? "none" : state.down ? "descending" : "ascending");
    at("count").textContent = at("count").dataset.said
      .replace("{n}", number.format(order.length)).replace("{total}", number.format(uids.length));
    draw(true);
  };
  const keep = () => {
    const said = new URLSearchParams(state.chosen);
    if (state.text) said.set("text", state.text);
    if (state.sort) said.set("sort", (state.down ? "-" : "") + state.sort);
    history.replaceState(null, "", "#findings" + (said.size ? "?" + said : ""));
  };
  const changed = () => {
    state.text = text.value;
    state.chosen = {};
    for (const select of selects)
      if (select.value !== "*") state.chosen[select.dataset.column] = select.value.slice(1);
    show();
    keep();
  };
  const set = (said) => {
    state.text = text.value = said.get("text") || "";
    state.chosen = {};
    for (const select of selects) {
      const key = said.get(select.dataset.column);
      select.value = key === null ? "*" : "=" + key;
      if (select.selectedIndex < 0) select.value = "*";
      else if (key !== null) state.chosen[select.dataset.column] = key;
    }
    const sort = said.get("sort") || "";
    state.down = sort.startsWith("-");
    state.sort = names.includes(sort.replace("-", "")) ? sort.replace("-", "") : "";
    show();
  };
  const open = (row) => {
    const list = at("one").querySelector("dl");
    at("one-title").textContent = value("rule", row) + " · " + (rules[value("rule", row)] || "");
    const said = heads.map((head, i) => [head.textContent, value(names[i], row)]);
    list.replaceChildren(...[...said, [list.dataset.uid, uids[row]]].map(([label, told]) => {
      const pair = element("div", "");
      pair.append(element("dt", label), element("dd", ""));
      pair.lastChild.append(element("bdi", told));
      return pair;
    }));
    at("one-link").href = hash(row);
    if (!at("one").open) at("one").showModal();
    at("one-title").focus();
  };
  const follow = () => {
    const [anchor, said] = location.hash.split(/\?(.*)/s);
    if (anchor === "#findings" && said !== undefined) {
      set(new URLSearchParams(said));
      at("findings").scrollIntoView();
    }
    if (!anchor.startsWith("#finding-")) return;
    const row = uids.indexOf(decodeURIComponent(anchor.slice(9)));
    if (row < 0) return;
    if (!order.includes(row)) set(new URLSearchParams());
    at("findings").scrollIntoView();
    go(order.indexOf(row), true);
    open(row);
  };

  // ------------------------------------------------------------ what people do
  let waiting = 0;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, 150);
  });
  for (const select of selects) select.addEventListener("change", changed);
  at("choose-all").addEventListener("click", () => {
    set(new URLSearchParams());
    keep();
  });
  for (const head of heads)
    head.firstChild.addEventListener("click", () => {
      const { column } = head.dataset;
      state.down = state.sort === column && !state.down;
      state.sort = column;
      show();
      keep();
    });
  region.addEventListener("scroll", () => draw(false), { passive: true });
  new ResizeObserver(() => draw(false)).observe(region);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
  body.addEventListener("keydown", (event) => {
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(current + steps[event.key], true);
  });
  body.addEventListener("click", (event) => {
    const link = event.target.closest("a"), row = link && Number(link.closest("tr").dataset.place);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(row, true);
    history.replaceState(null, "", link.hash);
    open(order[row]);
  });
  at("one-close").addEventListener("click", () => at("one").close());
  at("one").addEventListener("close", keep);
  window.addEventListener("hashchange", follow);

  at("live").hidden = false;
  document.documentElement.classList.add("live");
  show();
  follow();
  performance.mark("usable");
})();
