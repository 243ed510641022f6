// A report's document on the left, what was read from it on the right; a click on one side marks the other.
// Texts come from documents that nobody vouches for: every text is set with textContent, nothing is parsed as markup.

const SELECTED = "selected";

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

function pieces(parent, segments) {
  for (const segment of segments) {
    if (segment.keys.length === 0) {
      parent.append(document.createTextNode(segment.text));
      continue;
    }
    const mark = element("mark", "mark", segment.text);
    mark.dataset.keys = JSON.stringify(segment.keys);
    parent.append(mark);
  }
}

function grid(block) {
  const table = element("table", "grid");
  const body = table.appendChild(element("tbody"));
  for (let row = 0; row < block.rows; row += 1) body.append(element("tr"));
  for (const cell of block.cells) {
    const node = element("td", "");
    if (cell.rowspan > 1) node.rowSpan = cell.rowspan;
    if (cell.colspan > 1) node.colSpan = cell.colspan;
    pieces(node, cell.segments);
    if (cell.keys.length > 0) {
      node.classList.add("mark");
      node.dataset.keys = JSON.stringify(cell.keys);
    }
    body.children[cell.row].append(node);
  }
  const frame = element("div", "wide");
  frame.append(table);
  return frame;
}

function textOf(blocks, labels) {
  const paper = element("div", "paper");
  let page = null;
  for (const block of blocks) {
    if (block.page !== null && block.page !== page) {
      page = block.page;
      paper.append(element("div", "page-break", labels.page.replace("{page}", page)));
    }
    if (block.kind === "table") {
      paper.append(grid(block));
      continue;
    }
    const node = element(block.kind === "heading" ? "h4" : "p", "");
    pieces(node, block.segments);
    paper.append(node);
  }
  return paper;
}

function pictureOf(page, labels, send) {
  const holder = element("div", "page");
  const bar = element("div", "page-bar");
  const step = (text, title, to) => {
    const button = element("button", "step", text);
    button.type = "button";
    button.title = title;
    button.setAttribute("aria-label", title);
    button.disabled = to < 1 || to > page.count;
    button.addEventListener("click", () => send("page", to));
    return button;
  };
  bar.append(
    step("◀", labels.previous, page.number - 1),
    element("span", "page-number", labels.page_of.replace("{page}", page.number).replace("{pages}", page.count)),
    step("▶", labels.next, page.number + 1),
  );
  const sheet = element("div", "sheet");
  sheet.style.aspectRatio = `${page.width} / ${page.height}`;
  const image = element("img");
  image.alt = labels.page.replace("{page}", page.number);
  image.src = page.image;
  sheet.append(image);
  for (const [key, boxes] of Object.entries(page.boxes)) {
    for (const [left, top, width, height] of boxes) {
      const frame = element("span", "mark box");
      frame.dataset.keys = JSON.stringify([key]);
      frame.style.left = `${left * 100}%`;
      frame.style.top = `${top * 100}%`;
      frame.style.width = `${width * 100}%`;
      frame.style.height = `${height * 100}%`;
      sheet.append(frame);
    }
  }
  holder.append(bar, sheet);
  return holder;
}

function pick(item, className) {
  const button = element("button", `pick ${className} ${item.tone || ""}`.trim());
  button.type = "button";
  button.dataset.key = item.key;
  if (!item.placed) button.classList.add("unplaced");
  if (item.hint) button.title = item.hint;
  return button;
}

function matrixOf(group) {
  const table = element("table", "figures");
  const head = table.appendChild(element("thead")).appendChild(element("tr"));
  head.append(element("th", "label", group.corner));
  for (const column of group.columns) head.append(element("th", "", column));
  const body = table.appendChild(element("tbody"));
  for (const row of group.rows) {
    const line = body.appendChild(element("tr"));
    const label = element("th", "label", row.label);
    label.scope = "row";
    line.append(label);
    for (const item of row.cells) {
      const cell = line.appendChild(element("td"));
      if (item === null) {
        cell.append(element("span", "absent", "·"));
        continue;
      }
      const button = pick(item, "number");
      button.textContent = item.text;
      cell.append(button);
    }
  }
  const frame = element("div", "wide");
  frame.append(table);
  return frame;
}

function listOf(group) {
  const list = element("ul", "items");
  for (const item of group.items) {
    const button = pick(item, "item");
    const first = element("span", "line");
    first.append(element("span", "name", item.label));
    if (item.text !== null) first.append(element("span", "value", item.text));
    button.append(first);
    for (const note of item.notes) button.append(element("span", "note", note));
    const line = element("li");
    line.append(button);
    if (item.link) {
      const anchor = element("a", "link", item.link);
      anchor.href = item.link;
      anchor.target = "_blank";
      anchor.rel = "noopener noreferrer";
      line.append(anchor);
    }
    list.append(line);
  }
  return list;
}

function paneOf(pane) {
  const section = element("div", "groups");
  if (pane.groups.length === 0) section.append(element("p", "empty", pane.empty));
  for (const group of pane.groups) {
    if (group.title) section.append(element("h5", "", group.title));
    section.append(group.kind === "matrix" ? matrixOf(group) : listOf(group));
  }
  return section;
}

function keysOf(node) {
  return JSON.parse(node.dataset.keys);
}

function scrollInto(pane, node) {
  const wide = node.closest(".wide");
  if (wide !== null) {
    const frame = wide.getBoundingClientRect();
    const place = node.getBoundingClientRect();
    if (place.left < frame.left || place.right > frame.right) {
      wide.scrollLeft += place.left - frame.left - (frame.width - place.width) * 0.7;
    }
  }
  const outer = pane.getBoundingClientRect();
  const inner = node.getBoundingClientRect();
  if (inner.top >= outer.top + 24 && inner.bottom <= outer.bottom - 24) return;
  pane.scrollTop += inner.top - outer.top - outer.height / 3;
}

function showSelection(view, key, scroll) {
  view.selected = key;
  let first = null;
  for (const node of view.left.querySelectorAll(".mark")) {
    const on = key !== null && keysOf(node).includes(key);
    node.classList.toggle(SELECTED, on);
    if (on && first === null) first = node;
  }
  if (first !== null && scroll) scrollInto(view.left, first);
  for (const node of view.right.querySelectorAll(".pick")) {
    const on = node.dataset.key === key;
    node.classList.toggle(SELECTED, on);
    node.setAttribute("aria-pressed", String(on));
    if (on && scroll) scrollInto(view.right, node);
  }
}

function showPane(view, id) {
  view.pane = id;
  for (const tab of view.tabs.children) tab.setAttribute("aria-selected", String(tab.dataset.pane === id));
  view.right.replaceChildren(paneOf(view.panes.find((pane) => pane.id === id)));
}

function paneHolding(view, key) {
  const holds = (item) => item !== null && item.key === key;
  const found = view.panes.find((pane) =>
    pane.groups.some((group) =>
      group.kind === "matrix" ? group.rows.some((row) => row.cells.some(holds)) : group.items.some(holds),
    ),
  );
  return found ? found.id : null;
}

function select(view, key) {
  const pane = paneHolding(view, key);
  if (pane !== null && pane !== view.pane) showPane(view, pane);
  showSelection(view, key, true);
  view.send("selected", key);
}

function build(parent) {
  const root = element("div", "source-view");
  const left = element("div", "document");
  left.tabIndex = 0;
  const side = element("div", "side");
  const tabs = element("div", "tabs");
  tabs.setAttribute("role", "tablist");
  const right = element("div", "reading");
  side.append(tabs, right);
  root.append(left, side);
  parent.append(root);
  const view = { root, left, tabs, right, panes: [], pane: null, selected: null, documentKey: null, panesKey: null };
  left.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (mark === null || !left.contains(mark)) return;
    const keys = keysOf(mark);
    select(view, keys[(keys.indexOf(view.selected) + 1) % keys.length]);
  });
  right.addEventListener("click", (event) => {
    const button = event.target.closest(".pick");
    if (button !== null) select(view, button.dataset.key);
  });
  tabs.addEventListener("click", (event) => {
    const tab = event.target.closest("button");
    if (tab === null) return;
    showPane(view, tab.dataset.pane);
    showSelection(view, view.selected, false);
  });
  return view;
}

const views = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let view = views.get(parentElement);
  if (view === undefined || !parentElement.contains(view.root)) {
    view = build(parentElement);
    views.set(parentElement, view);
  }
  view.send = (name, value) => setTriggerValue(name, value);
  const { labels } = data;
  let changed = false;
  if (view.documentKey !== data.document_key) {
    view.documentKey = data.document_key;
    changed = true;
    view.left.setAttribute("aria-label", labels.document);
    view.left.hidden = data.blocks === null && data.page === null;
    view.root.classList.toggle("alone", view.left.hidden);
    if (data.page !== null) view.left.replaceChildren(pictureOf(data.page, labels, (name, value) => view.send(name, value)));
    else if (data.blocks !== null) view.left.replaceChildren(textOf(data.blocks, labels));
    view.left.scrollTop = 0;
  }
  if (view.panesKey !== data.panes_key) {
    view.panesKey = data.panes_key;
    changed = true;
    view.panes = data.panes;
    view.tabs.replaceChildren(
      ...data.panes.map((pane) => {
        const tab = element("button", "tab", pane.title);
        tab.type = "button";
        tab.dataset.pane = pane.id;
        tab.setAttribute("role", "tab");
        return tab;
      }),
    );
    const wanted = data.selected === null ? null : paneHolding(view, data.selected);
    const kept = data.panes.some((pane) => pane.id === view.pane) ? view.pane : data.panes[0].id;
    showPane(view, wanted || kept);
  }
  if (changed || view.selected !== data.selected) showSelection(view, data.selected, true);
}
