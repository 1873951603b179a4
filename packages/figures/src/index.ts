/** Room 11, figures: tables to SVG; never simulates. */
export {};
