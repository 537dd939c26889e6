/** The most backends that Plumbline ever holds: two that serve, one to recover. */
export const connectionBudget = 3;
