/**
 * What somebody sees who looks at a screen for text that is cut, sticks out of its box or lies on
 * other text. Runs inside the page; `globalThis.countertopEyes.look()` answers sentences.
 */
{
  /** Glyphs of a font may stand out of their line by a pixel or two. */
  const LEEWAY = 2;
  /** Nobody scrolls in a pane that is lower than a finger. */
  const TOUCH = 56;
  const short = (text) => text.replace(/\s+/g, ' ').trim().slice(0, 60);
  const styleOf = (element) => getComputedStyle(element);

  /** What is only heard: clipped to a pixel. */
  const isForEars = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      if (at.offsetWidth <= 1 && styleOf(at).position === 'absolute') return true;
    }
    return false;
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !isForEars(element);

  const name = (element) => {
    const id = element.getAttribute('data-testid');
    return `<${element.localName}${id === null ? '' : ` ${id}`}>`;
  };

  /** A dialog before everything, else the page. */
  const front = () => {
    const open = [...document.querySelectorAll('dialog[open]')].filter(isSeen);
    return open.at(-1) ?? document.body;
  };

  function textsIn(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = short(node.data);
      const parent = node.parentElement;
      if (text === '' || parent === null || /^(script|style|option)$/.test(parent.localName))
        continue;
      if (isSeen(parent)) found.push({ node, text, parent });
    }
    return found;
  }

  const rectsOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  };

  const saysAll = (element) => {
    const said = `${element.title} ${element.getAttribute('aria-label') ?? ''}`;
    return said.includes(element.textContent.trim());
  };

  /** Hidden overflow cuts; one that scrolls sideways hides as well. */
  function cutsOff(element) {
    const { overflowX, overflowY, fontSize } = styleOf(element);
    const wide = element.scrollWidth - element.clientWidth >= LEEWAY;
    // Large figures stand in lines lower than their font's own: what is hidden of it is empty.
    const high = element.scrollHeight - element.clientHeight > Number.parseFloat(fontSize) / 2;
    const hides = /hidden|clip/;
    const text = short(element.textContent);
    if (text === '' || (!wide && !high)) return null;
    if (wide && hides.test(overflowX) && !saysAll(element))
      return `${name(element)} cuts “${text}”`;
    if (wide && /auto|scroll/.test(overflowX)) {
      const [all, shown] = [element.scrollWidth, element.clientWidth];
      return `${name(element)} scrolls sideways (${all} in ${shown}): “${text}”`;
    }
    const tooLow = /auto|scroll/.test(overflowY) && element.clientHeight < TOUCH;
    if (high && (hides.test(overflowY) || tooLow)) {
      return `${name(element)} cuts below “${text}”`;
    }
    return null;
  }

  const isBox = (element, { borderRightWidth, backgroundColor, display }) =>
    display !== 'inline' &&
    (borderRightWidth !== '0px' ||
      !/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor) ||
      /^(button|a|td|th|li|label|dialog|main|section|article)$/.test(element.localName));

  /** The first box round the text that it sticks out of, up to what scrolls. */
  function sticksOut({ node, text, parent }) {
    // Blanks at the end of such a line hang out of it, unseen.
    if (/pre-wrap|break-spaces/.test(styleOf(parent).whiteSpace)) return null;
    for (const rect of rectsOf(node)) {
      if (rect.right > innerWidth + LEEWAY && !isClipped(parent))
        return `“${text}” leaves the page`;
      for (let at = parent; at !== null && at !== document.body; at = at.parentElement) {
        const style = styleOf(at);
        if (/auto|scroll|hidden|clip/.test(style.overflowX + style.overflowY)) break;
        if (!isBox(at, style)) continue;
        const box = at.getBoundingClientRect();
        const inside =
          rect.left >= box.left - LEEWAY &&
          rect.right <= box.right + LEEWAY &&
          rect.top >= box.top - LEEWAY - 2 &&
          rect.bottom <= box.bottom + LEEWAY + 2;
        if (!inside) return `“${text}” sticks out of ${name(at)}`;
        if (style.position === 'fixed') break;
      }
    }
    return null;
  }

  /** What scrolls or is cut speaks for itself: see cutsOff. */
  const isClipped = (element) => {
    for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
      if (styleOf(at).overflowX !== 'visible') return true;
    }
    return false;
  };

  /** A field's own words, measured: what it holds, or what it asks for. */
  function fieldCuts(field) {
    const isList = field.localName === 'select';
    const text = isList ? (field.selectedOptions[0]?.text ?? '') : field.value || field.placeholder;
    if (text === '' || !isSeen(field) || /^(checkbox|radio|date|time|file)$/.test(field.type))
      return null;
    const style = styleOf(field);
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    // The cross that empties a search.
    const cross = field.type === 'search' ? 24 : 0;
    const room =
      field.clientWidth -
      Number.parseFloat(style.paddingLeft) -
      Number.parseFloat(style.paddingRight);
    const shown = field.type === 'password' ? '•'.repeat(text.length) : text;
    // What somebody typed themselves may be longer than the field: they can move in it.
    const typed = !isList && field.value !== '';
    const needs = pen.measureText(shown).width + cross;
    const isSaid = field.title.includes(text);
    return !typed && !isSaid && needs > room + LEEWAY
      ? `${name(field)} cuts “${short(text)}”`
      : null;
  }

  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > LEEWAY + 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > LEEWAY + 4;

  /** Text upon text, of what can be seen without scrolling. */
  function lieOnEachOther(texts) {
    const inSight = texts.flatMap((each) =>
      rectsOf(each.node)
        .map((rect) => shownOf(each.parent, rect))
        .filter((rect) => isInFront(each.parent, rect))
        .map((rect) => ({ ...each, rect })),
    );
    return inSight.flatMap((one, place) =>
      inSight
        .slice(place + 1)
        .filter((other) => other.node !== one.node && overlap(one.rect, other.rect))
        .map((other) => `“${one.text}” and “${other.text}” lie on each other`),
    );
  }
  /** What the panes round a text show of it: a long name is cut, a line is scrolled away. */
  function shownOf(element, { left, right, top, bottom }) {
    const shown = { left, right, top, bottom };
    for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
      if (styleOf(at).overflowX === 'visible') continue;
      const box = at.getBoundingClientRect();
      shown.left = Math.max(shown.left, box.left);
      shown.right = Math.min(shown.right, box.right);
      shown.top = Math.max(shown.top, box.top);
      shown.bottom = Math.min(shown.bottom, box.bottom);
    }
    return shown;
  }
  const isInFront = (element, { left, right, top, bottom }) => {
    if (left >= right || top >= bottom) return false;
    // What lies on it may hide a part of it.
    return [0.05, 0.5, 0.95].some((share) => {
      const hit = document.elementFromPoint(left + (right - left) * share, (top + bottom) / 2);
      return hit !== null && (hit === element || element.contains(hit) || hit.contains(element));
    });
  };

  function look() {
    const { scrollWidth, clientWidth } = document.documentElement;
    const root = front();
    const texts = textsIn(root);
    const all = [root, ...root.querySelectorAll('*')].filter(isSeen);
    const found = [
      scrollWidth > clientWidth
        ? `the page scrolls sideways: ${scrollWidth} in ${clientWidth}`
        : null,
      ...all.map(cutsOff),
      ...texts.map(sticksOut),
      ...[...root.querySelectorAll('input, select, textarea')].map(fieldCuts),
      ...lieOnEachOther(texts),
    ];
    return [...new Set(found.filter((each) => each !== null))];
  }

  const SPOKEN = ['aria-label', 'title', 'placeholder', 'alt'];
  /** Everything that the screen says, to eyes and to ears, each once. */
  function words() {
    const said = [...document.querySelectorAll('*')].flatMap((element) =>
      SPOKEN.map((attribute) => element.getAttribute(attribute) ?? ''),
    );
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement?.localName ?? '';
      if (!/^(script|style)$/.test(parent)) said.push(walker.currentNode.data);
    }
    const title = document.title.replace(/ · Countertop$/, '');
    return [...new Set([title, ...said].map((each) => each.trim()).filter((each) => each !== ''))];
  }

  globalThis.countertopEyes = { look, words };
}
