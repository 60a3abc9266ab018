/** A new element with attributes (`undefined` leaves one out) and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | undefined> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** The element of the page with this id. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} #${id}`);
}

/** Puts children in place of others; what has the focus keeps it. */
export function replace(parent: Element, children: Element[]): void {
  const same = children.length === parent.children.length;
  if (same && children.every((child, place) => child === parent.children[place])) return;
  const { activeElement } = document;
  parent.replaceChildren(...children);
  if (activeElement instanceof HTMLElement && parent.contains(activeElement)) {
    activeElement.focus({ preventScroll: true });
  }
}
