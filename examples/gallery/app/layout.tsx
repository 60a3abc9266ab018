import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { SiteFooter } from '../components/site-footer';
import { SiteHeader } from '../components/site-header';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Model gallery', template: '%s · Model gallery' },
  description:
    'Models of the Hugging Face Hub, and which of them a worker can run: checked in your browser.',
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default function Layout({ children }: Readonly<{ children: ReactNode }>) {
  // The gallery's script marks the root before React wakes.
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <SiteHeader />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}
