export async function bytesRows(): Promise<string[]> {
  return [];
}
