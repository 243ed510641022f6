// Brings what stands here in view, once for each thing that is shown: on a later run of the page nothing moves.

const shown = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  if (shown.get(parentElement) === data.what) return;
  shown.set(parentElement, data.what);
  const host = parentElement.host ?? parentElement;
  // Below the bar at the top of the page, which would cover it.
  host.style.scrollMarginTop = "5rem";
  host.scrollIntoView({ block: "start" });
}
