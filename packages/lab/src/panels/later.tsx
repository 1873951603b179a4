import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { failure } from "../state/work.ts";

/** A component that comes, with all that only it needs, when it is first shown. */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  let come: FunctionComponent<Props> | undefined;
  return function Later(props: Props) {
    const [, setCome] = useState(come !== undefined);
    useEffect(() => {
      if (come) return;
      load().then(
        (component) => {
          come = component;
          setCome(true);
        },
        () => {
          failure.value = new Error("A part of this page could not be loaded: is the network down?");
        },
      );
    }, []);
    const Come = come;
    return Come ? <Come {...props} /> : null;
  };
}
