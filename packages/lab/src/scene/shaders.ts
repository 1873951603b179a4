/** Shared by all programs: vertices are pulled from data textures by gl_VertexID; there are no vertex buffers. */
const COMMON = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
uniform mat3 uRotation;   // world to view
uniform vec3 uTarget;     // world point at the middle of the screen
uniform vec2 uScale;      // clip units per length
uniform float uDepth;     // clip depth per length
uniform mat3 uFraction;   // world to fractional coordinates of the box
uniform vec4 uSlab;       // axis (−1: none), low, high in fractional coordinates
vec4 pull(sampler2D data, int k) { return texelFetch(data, ivec2(k & 1023, k >> 10), 0); }
vec3 view(vec3 x) { return uRotation * (x - uTarget); }
vec4 project(vec3 v) { return vec4(v.xy * uScale, -v.z * uDepth, 1.0); }
bool outside(vec3 x) {
  if (uSlab.x < 0.0) return false;
  vec3 s = fract(uFraction * x);
  float c = uSlab.x < 0.5 ? s.x : uSlab.x < 1.5 ? s.y : s.z;
  return uSlab.z >= uSlab.y ? (c < uSlab.y || c > uSlab.z) : (c < uSlab.y && c > uSlab.z);
}
const vec4 HIDDEN = vec4(2.0, 2.0, 2.0, 1.0);
const vec2 CORNERS[6] = vec2[6](vec2(-1,-1), vec2(1,-1), vec2(1,1), vec2(-1,-1), vec2(1,1), vec2(-1,1));
`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform vec3 uBackground;
uniform float uFog;       // share of the background at the far side
uniform float uDepth;
uniform float uClip;      // 1: nothing outside the box
out vec4 colour;
bool outsideBox(vec3 s) {
  return uClip > 0.5 && (any(lessThan(s.xy, vec2(0.0))) || any(greaterThan(s.xy, vec2(1.0))));
}
vec3 fogged(vec3 c, float z) { return mix(c, uBackground, uFog * clamp(0.5 - 0.55 * z * uDepth, 0.0, 1.0)); }
`;

export const DISCS = {
  vertex: `${COMMON}
uniform sampler2D uParticles;   // x, y, z, index
uniform sampler2D uAttributes;  // radius, value in [0, 1] (−1: none)
uniform float uSize;
out vec2 vCorner; out vec3 vFraction; out float vValue; out float vZ; out float vPixel;
uniform vec2 uPixel;            // clip units per pixel
void main() {
  vec4 p = pull(uParticles, gl_VertexID / 6);
  vec4 a = pull(uAttributes, int(p.w));
  vec2 corner = CORNERS[gl_VertexID % 6];
  float radius = a.x * uSize;
  // A pixel of margin for the soft edge.
  float grow = 1.0 + uPixel.x / max(radius * uScale.x, 1e-6);
  vec3 v = view(p.xyz);
  v.xy += corner * radius * grow;
  vCorner = corner * grow;
  vFraction = uFraction * (p.xyz + vec3(corner * radius * grow, 0.0));
  vValue = a.y; vZ = v.z;
  vPixel = grow - 1.0;
  gl_Position = outside(p.xyz) ? HIDDEN : project(v);
}`,
  fragment: `${FRAGMENT}
uniform sampler2D uPalette;
uniform float uShade;     // 1: spheres, 0: flat discs
uniform float uAlpha;
in vec2 vCorner; in vec3 vFraction; in float vValue; in float vZ; in float vPixel;
void main() {
  float r = length(vCorner);
  float edge = 1.0 - smoothstep(1.0 - vPixel, 1.0 + vPixel, r);
  if (edge <= 0.0 || outsideBox(vFraction)) discard;
  vec3 base = vValue < 0.0 ? uBackground * 0.9 : texture(uPalette, vec2(vValue, 0.5)).rgb;
  float n = sqrt(max(0.0, 1.0 - r * r));
  float light = mix(1.0, 0.62 + 0.38 * n, uShade);
  if (uShade > 0.5 && edge < 0.5) discard;
  colour = vec4(fogged(base * light, vZ), uShade > 0.5 ? 1.0 : edge * uAlpha);
}`,
};

export const BONDS = {
  vertex: `${COMMON}
uniform sampler2D uParticles;
uniform sampler2D uBonds;       // u = x_j − x_i, value
uniform sampler2D uStarts;      // i
uniform float uSaturation; uniform float uExponent; uniform float uWidth; uniform vec2 uPixel;
out vec2 vAlong; out vec3 vFraction; out float vWeight; out float vSign; out float vZ; out float vSoft; out float vHalf;
void main() {
  int k = gl_VertexID / 6;
  vec4 bond = pull(uBonds, k);
  vec3 x = pull(uParticles, int(pull(uStarts, k).x)).xyz;
  float weight = pow(min(1.0, abs(bond.w) / uSaturation), uExponent);
  vec3 a = view(x), b = view(x + bond.xyz);
  vec2 along = b.xy - a.xy;
  float size = max(length(along), 1e-6);
  along /= size;
  vec2 across = vec2(-along.y, along.x);
  float pixel = uPixel.x / uScale.x;
  float half_ = max(0.5 * uWidth * (0.16 + 0.84 * weight), 0.5 * pixel);
  float reach = half_ + pixel;
  vec2 corner = CORNERS[gl_VertexID % 6];
  vec3 v = mix(a, b, 0.5 + 0.5 * corner.x);
  v.xy += (along * corner.x + across * corner.y) * reach;
  // In half widths: along from the middle, and across.
  vAlong = vec2(corner.x * (0.5 * size + reach), corner.y * reach) / half_;
  vHalf = 0.5 * size / half_;
  vSoft = pixel / half_;
  vFraction = uFraction * (transpose(uRotation) * v + uTarget);
  vWeight = weight; vSign = bond.w; vZ = v.z;
  bool hide = outside(x + 0.5 * bond.xyz) || weight < 0.016;
  gl_Position = hide ? HIDDEN : project(v);
}`,
  fragment: `${FRAGMENT}
uniform vec3 uPositive; uniform vec3 uNegative; uniform vec3 uDark; uniform float uBlend;
in vec2 vAlong; in vec3 vFraction; in float vWeight; in float vSign; in float vZ; in float vSoft; in float vHalf;
void main() {
  // Round ends.
  float r = length(vec2(max(0.0, abs(vAlong.x) - vHalf), vAlong.y));
  float edge = 1.0 - smoothstep(1.0 - vSoft, 1.0 + vSoft, r);
  if (edge <= 0.0 || outsideBox(vFraction)) discard;
  vec3 c = vSign < 0.0 ? uNegative : uPositive;
  float opacity = 0.07 + 0.93 * vWeight;
  // With depth the faint ones are mixed with the background rather than seen through.
  if (uBlend < 0.5) { if (edge < 0.5) discard; 
    float light = 0.55 + 0.45 * sqrt(max(0.0, 1.0 - vAlong.y * vAlong.y));
    colour = vec4(fogged(mix(uBackground, mix(uDark, c, light), opacity), vZ), 1.0); }
  else colour = vec4(c, opacity * edge);
}`,
};

export const ARROWS = {
  vertex: `${COMMON}
uniform sampler2D uParticles;
uniform sampler2D uVectors;     // vector, length
uniform float uSaturation; uniform float uLength; uniform vec2 uPixel; uniform float uLog;
out vec3 vFraction; out float vZ; out float vWeight;
void main() {
  int k = gl_VertexID / 9, c = gl_VertexID % 9;
  vec4 u = pull(uVectors, k);
  vec3 x = pull(uParticles, k).xyz;
  float share = u.w / uSaturation;
  share = uLog > 0.5 ? log(1.0 + 99.0 * share) / log(100.0) : share;
  share = min(1.0, share);
  float reach = uLength * share;
  vec3 a = view(x), b = view(x + u.xyz / max(u.w, 1e-30) * reach);
  vec2 along = b.xy - a.xy;
  float size = length(along);
  float pixel = uPixel.x / uScale.x;
  along = size > 1e-9 ? along / size : vec2(1, 0);
  vec2 across = vec2(-along.y, along.x);
  float head = min(0.45 * size, max(0.15 * uLength * (0.4 + 0.6 * share), 3.0 * pixel));
  float half_ = max(0.22 * head, 0.55 * pixel);
  vec3 v;
  if (c < 6) {
    vec2 corner = CORNERS[c];
    v = corner.x < 0.0 ? a : mix(a, b, max(0.0, 1.0 - head / max(size, 1e-9)));
    v.xy += across * corner.y * half_;
  } else if (c == 6) v = b;
  else { v = mix(a, b, max(0.0, 1.0 - head / max(size, 1e-9))); v.xy += across * (c == 7 ? 1.0 : -1.0) * max(0.55 * head, half_); }
  vFraction = uFraction * (transpose(uRotation) * v + uTarget);
  vZ = v.z; vWeight = share;
  gl_Position = !(size > 1.2 * pixel) || outside(x) ? HIDDEN : project(v);
}`,
  fragment: `${FRAGMENT}
uniform vec3 uColour;
in vec3 vFraction; in float vZ; in float vWeight;
void main() {
  if (outsideBox(vFraction)) discard;
  colour = vec4(fogged(uColour, vZ), 0.45 + 0.55 * vWeight);
}`,
};

/** The heat map: bins over the box (2D), or one layer of cubes in the plane of the slab (3D). */
export const FIELD = {
  vertex: `${COMMON}
uniform mat3 uVectors; uniform vec3 uPlane; // axis, position, −
out vec2 vBin;
void main() {
  vec2 q = 0.5 + 0.5 * CORNERS[gl_VertexID];
  vBin = q;
  vec3 s = uPlane.x < 0.5 ? vec3(uPlane.y, q) : uPlane.x < 1.5 ? vec3(q.x, uPlane.y, q.y) : vec3(q, uPlane.y);
  gl_Position = project(view(uVectors * s));
}`,
  fragment: `${FRAGMENT}
uniform sampler2D uField; uniform sampler2D uPalette;
uniform ivec3 uBins;      // bins along the two axes of the plane, entries before the layer
uniform ivec2 uStride;
uniform vec2 uShift;      // where the picture begins, in fractions of the box
uniform float uHeat; uniform vec3 uGlow; uniform float uSmooth; uniform float uAlpha;
in vec2 vBin;
float bin(int a, int b) {
  // Divisions of whole numbers are slow where there is no graphics device.
  a += a < 0 ? uBins.x : a >= uBins.x ? -uBins.x : 0; b += b < 0 ? uBins.y : b >= uBins.y ? -uBins.y : 0;
  int k = uBins.z + a * uStride.x + b * uStride.y;
  return texelFetch(uField, ivec2(k & 1023, k >> 10), 0).r;
}
void main() {
  vec2 s = fract(vBin + uShift) * vec2(uBins.xy);
  float value;
  if (uSmooth > 0.5) {
    vec2 at = s - 0.5; ivec2 k = ivec2(floor(at)); vec2 f = at - floor(at);
    f = f * f * (3.0 - 2.0 * f);
    value = mix(mix(bin(k.x, k.y), bin(k.x + 1, k.y), f.x), mix(bin(k.x, k.y + 1), bin(k.x + 1, k.y + 1), f.x), f.y);
  } else value = bin(int(s.x), int(s.y));
  float t = clamp(value, 0.0, 1.0);
  vec3 c = texture(uPalette, vec2((t * 255.0 + 0.5) / 256.0, 0.5)).rgb;
  colour = vec4(mix(c, uGlow, uHeat * smoothstep(0.3, 1.0, t)), uAlpha);
}`,
};

/** Where a field in 3D has one value: vertices in fractions of the box with the direction in which it falls. */
export const SURFACE = {
  vertex: `${COMMON}
uniform sampler2D uSurface;     // place and normal in fractions, alternating
uniform mat3 uVectors;
out vec3 vNormal; out float vZ;
void main() {
  vec3 s = pull(uSurface, 2 * gl_VertexID).xyz;
  vec3 v = view(uVectors * s);
  vNormal = uRotation * normalize(uVectors * pull(uSurface, 2 * gl_VertexID + 1).xyz);
  vZ = v.z;
  gl_Position = project(v);
}`,
  fragment: `${FRAGMENT}
uniform vec3 uColour; uniform float uAlpha;
in vec3 vNormal; in float vZ;
void main() {
  float facing = abs(normalize(vNormal).z);
  // Rims are denser, as of a film of glass.
  float alpha = mix(min(1.0, 2.2 * uAlpha), uAlpha, facing);
  colour = vec4(fogged(uColour * (0.72 + 0.28 * facing), 0.5 * vZ), alpha);
}`,
};

/** The outline of the box: 4 or 12 edges of 6 vertices. */
export const OUTLINE = {
  vertex: `${COMMON}
uniform mat3 uVectors; uniform int uEdges; uniform vec2 uPixel; uniform float uThickness;
out float vZ; out float vAcross;
void main() {
  int e = gl_VertexID / 6;
  vec3 s0, s1;
  int axis = uEdges == 4 ? e % 2 : e % 3, which = uEdges == 4 ? e / 2 : e / 3;
  float p = float(which & 1), q = uEdges == 4 ? 0.0 : float(which >> 1);
  if (axis == 0) { s0 = vec3(0, p, q); s1 = vec3(1, p, q); }
  else if (axis == 1) { s0 = vec3(p, 0, q); s1 = vec3(p, 1, q); }
  else { s0 = vec3(p, q, 0); s1 = vec3(p, q, 1); }
  vec3 a = view(uVectors * s0), b = view(uVectors * s1);
  vec2 along = b.xy - a.xy; float size = length(along); along = size > 1e-9 ? along / size : vec2(1, 0);
  vec2 corner = CORNERS[gl_VertexID % 6];
  vec3 v = mix(a, b, 0.5 + 0.5 * corner.x);
  float w = (0.5 * uThickness + 1.0) * uPixel.x / uScale.x;
  vAcross = corner.y * (0.5 * uThickness + 1.0);
  v.xy += along * corner.x * w + vec2(-along.y, along.x) * corner.y * w;
  vZ = v.z;
  gl_Position = project(v);
}`,
  fragment: `${FRAGMENT}
uniform vec3 uColour; uniform float uThickness;
in float vZ; in float vAcross;
void main() { colour = vec4(fogged(uColour, vZ), clamp(0.5 * uThickness + 0.5 - abs(vAcross), 0.0, 1.0)); }`,
};
