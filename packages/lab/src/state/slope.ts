import { simpleShear } from "softfield/internal";

/** ∂E/∂e contracted with a unit of simple shear that slides along `degrees` in the plane of the first two axes. O(m) */
export function slopeAlong(components: readonly Float64Array[], d: 2 | 3, degrees: number): Float64Array {
  const strain = simpleShear(d, degrees);
  // xx, yy(, zz), xy, …: the load has no other shears than xy.
  const [xx, yy, xy] = [components[0], components[1], components[d]];
  const shear = strain[1] + strain[d];
  return xx.map((x, t) => strain[0] * x + strain[d + 1] * yy[t] + shear * xy[t]);
}
