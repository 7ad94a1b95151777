import { z } from 'zod';

/** What a chart asks of the host, on whichever page it stands. */
export const copyTextSchema = z.object({ type: z.literal('copy'), text: z.string() });

/** A chart as PNG, in base 64, where the page can't copy it. */
export const savePictureSchema = z.object({
  type: z.literal('save-picture'),
  name: z.string(),
  base64: z.string(),
});

export type ChartMessage = z.infer<typeof copyTextSchema> | z.infer<typeof savePictureSchema>;
