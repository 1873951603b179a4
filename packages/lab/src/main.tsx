import { render } from "preact";
import { App } from "./app/App.tsx";
import "./style/index.css";

render(<App />, document.getElementById("lab")!);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register("./offline.js").catch(() => undefined);
}
