// The tables of a statutory form; a click on a figure tells the page which cell is meant.
// Texts are set with textContent: nothing is parsed as markup.

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

function cellOf(cell) {
  const figure = cell.key !== null;
  const node = element(figure ? "td" : "th", figure ? "figure" : cell.role);
  if (cell.rowspan > 1) node.rowSpan = cell.rowspan;
  if (cell.colspan > 1) node.colSpan = cell.colspan;
  if (!figure) {
    if (cell.role === "label" && cell.rowspan > 1) node.classList.add("middle");
    node.append(element("span", "", cell.text));
    return node;
  }
  const button = element("button", cell.tone, cell.text);
  button.type = "button";
  button.dataset.key = cell.key;
  node.append(button);
  return node;
}

function tableOf(table) {
  const section = element("section");
  section.append(element("h4", "", table.heading));
  const node = element("table");
  const columns = node.appendChild(element("colgroup"));
  for (const width of table.widths) columns.appendChild(element("col")).style.width = `${width * 100}%`;
  const body = node.appendChild(element("tbody"));
  for (const row of table.rows) {
    const line = body.appendChild(element("tr"));
    for (const cell of row) line.append(cellOf(cell));
  }
  const frame = element("div", "wide");
  frame.append(node);
  section.append(frame);
  return section;
}

function legendOf(legend) {
  const list = element("ul", "legend");
  for (const entry of legend) {
    const line = element("li");
    line.append(element("span", `swatch ${entry.tone}`), element("span", "", entry.text));
    list.append(line);
  }
  return list;
}

const views = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let view = views.get(parentElement);
  if (view === undefined || !parentElement.contains(view.root)) {
    view = { root: element("div", "form-view"), shown: null };
    parentElement.append(view.root);
    views.set(parentElement, view);
    view.root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button === null) return;
      // A second click on the open cell closes it.
      view.send("selected", button.classList.contains("selected") ? "" : button.dataset.key);
    });
  }
  view.send = (name, value) => setTriggerValue(name, value);
  const content = JSON.stringify([data.title, data.tables, data.legend]);
  if (view.shown !== content) {
    view.shown = content;
    view.root.setAttribute("aria-label", data.title);
    view.root.replaceChildren(...(data.legend.length ? [legendOf(data.legend)] : []), ...data.tables.map(tableOf));
  }
  for (const button of view.root.querySelectorAll("button")) {
    const on = button.dataset.key === data.selected;
    button.classList.toggle("selected", on);
    button.setAttribute("aria-pressed", String(on));
  }
}
