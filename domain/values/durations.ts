export const msPerHour = 3_600_000;
export const msPerDay = 24 * msPerHour;
