// What some tests need beside Node and npm: where it may lie, and how to get it. setup.mjs installs it, testing/ asks for it.
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * @typedef {object} Tool
 * @property {string} label what it is, in words
 * @property {string} [variable] the variable of the environment that names another program
 * @property {readonly string[]} [programs] names of the program, the first found serves
 * @property {readonly string[]} [probe] arguments with which the program must end well, to be the right one
 * @property {readonly string[]} [beside] programs that must be there as well
 * @property {() => boolean} [also] what else must be true
 * @property {readonly string[]} [debian] Debian's packages that bring it
 * @property {string} [get] how to get it, where no package brings it
 * @typedef {"chromium" | "firefox" | "jsc" | "lmp" | "python" | "pip" | "slurm" | "mount" | "linux"} ToolName
 */

const root = () => process.getuid?.() === 0;

/** @type {Readonly<Record<ToolName, Tool>>} */
export const TOOLS = {
  chromium: {
    label: "Chromium",
    variable: "CHROME_PATH",
    programs: [
      "chromium",
      "chromium-browser",
      "google-chrome",
      "google-chrome-stable",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    debian: ["chromium"],
  },
  firefox: {
    label: "Firefox",
    variable: "FIREFOX_PATH",
    programs: ["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    debian: ["firefox-esr"],
  },
  jsc: {
    label: "the shell of JavaScriptCore, Safari's engine",
    programs: ["jsc"],
    debian: ["libjavascriptcoregtk-4.0-bin"],
  },
  lmp: {
    label: "LAMMPS",
    variable: "LMP",
    programs: ["lmp", "lmp_serial", "lammps"],
    probe: ["-help"],
    debian: ["lammps"],
  },
  python: {
    label: "Python with ASE, h5py and SciPy",
    variable: "PYTHON",
    programs: ["python3", "/usr/bin/python3"],
    probe: ["-c", "import ase, h5py, numpy, scipy"],
    debian: ["python3-ase", "python3-h5py", "python3-scipy"],
  },
  pip: {
    label: "Python with pip, setuptools and wheel",
    variable: "PYTHON",
    programs: ["python3", "/usr/bin/python3"],
    probe: ["-c", "import setuptools, wheel, pip, numpy"],
    debian: ["python3-numpy", "python3-pip", "python3-setuptools", "python3-wheel"],
  },
  slurm: {
    label: "Slurm, and root to start its daemons",
    programs: ["slurmctld"],
    beside: ["slurmd", "munged", "sbatch"],
    also: root,
    debian: ["slurm-wlm"],
  },
  mount: {
    label: "the right to mount a file system in a namespace of one's own",
    programs: ["unshare"],
    probe: ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
    get: "Linux with user namespaces (kernel.unprivileged_userns_clone=1), or root",
  },
  linux: {
    label: "Linux",
    also: () => process.platform === "linux",
    get: "a Linux machine",
  },
};

/**
 * The program of a tool that is here (its path, "" for what has none), or undefined.
 * @param {Tool} tool
 * @returns {string | undefined}
 */
export function findTool({ variable, programs, probe, beside = [], also = () => true }) {
  if (!also()) return undefined;
  if (programs === undefined) return "";
  const named = variable === undefined ? undefined : process.env[variable];
  return (named ? [named] : programs)
    .map(programPath)
    .filter((path) => path !== undefined)
    .find(
      (path) =>
        (probe === undefined || spawnSync(path, probe, { stdio: "ignore" }).status === 0) &&
        beside.every((name) => programPath(name) !== undefined),
    );
}

/**
 * Where a program lies: on the PATH, or where daemons do.
 * @param {string} name
 * @returns {string | undefined}
 */
export function programPath(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return (isAbsolute(name) ? [name] : folders.filter(Boolean).map((folder) => join(folder, name))).find(
    isProgram,
  );
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
