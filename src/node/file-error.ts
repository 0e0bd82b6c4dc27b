/** A file that could not be read or written, in words; exit code 3. Also what the system's error codes mean. */

export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    message: string,
    readonly path: string,
    readonly hint = '',
  ) {
    super(message);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'it exists already',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead back to themselves',
  EBUSY: 'it is in use',
};

/** `doing` is a verb: `read` or `write`. */
export function fileError(doing: string, path: string, error: unknown): FileError {
  const code = errorCode(error);
  const reason = REASONS[code] ?? (code === '' ? String(error) : `the system answered ${code}`);
  return new FileError(`cannot ${doing} ${path}: ${reason}`, path);
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
