/** A user who can own records. Assignment uses `id`, never `userId`. */
export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archived: boolean;
}
