/** Small helpers around the document. */

export const $ = (id) => document.getElementById(id);

/** Make an element. Text is always set as text. */
export function el(tag, properties = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (name.startsWith("data-") || name.startsWith("aria-") || name === "scope") {
			element.setAttribute(name, value);
		}
		else {
			element[name] = value;
		}
	}
	element.append(...children);
	return element;
}

export function avatar(name) {
	return paint(el("span", { className: "avatar", "aria-hidden": "true" }), name);
}

/** The same name always gets the same colour. */
export function paint(element, name) {
	let hash = 7;
	for (const char of name) {
		hash = (hash * 31 + char.codePointAt(0)) % 360;
	}
	element.style.setProperty("--hue", String(hash));
	element.textContent = [...name][0].toUpperCase();
	return element;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export const timeOf = (date) => clock.format(new Date(date));

export function sizeOf(bytes) {
	if (bytes < 1000) {
		return `${bytes} B`;
	}
	return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}
