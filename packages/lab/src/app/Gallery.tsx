import type { JSX } from "preact";
import { addressOf } from "../state/address.ts";
import { GALLERY } from "../state/gallery.ts";
import { galleryOpen } from "../state/mode.ts";
import { Overlay } from "./Overlay.tsx";

/** Links to glasses that are worth a look, with their pictures. */
export function Gallery(): JSX.Element {
  const close = (): void => {
    galleryOpen.value = false;
  };
  return (
    <Overlay labelledBy="gallery-title" onClose={close}>
      <section class="group" aria-labelledby="gallery-title">
        <div class="row">
          <h2 id="gallery-title">Gallery</h2>
          <button type="button" class="quiet small" onClick={close}>
            Close
          </button>
        </div>
        <p class="hint">Each is a link that holds everything; the glass is made or loaded as you open it.</p>
        <ul class="gallery">
          {GALLERY.map(({ name, title, text, hash }) => (
            <li key={name}>
              <a href={addressOf(hash)} onClick={close}>
                <img src={`./gallery/${name}.webp`} width="320" height="240" alt="" loading="lazy" />
                <strong>{title}</strong>
                <span>{text}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </Overlay>
  );
}
